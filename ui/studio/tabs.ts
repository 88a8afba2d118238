import { ChangesTab } from './changes-tab.tsx';
import { ContentTab } from './content-tab/lazy.ts';
import { FormsTab } from './forms-tab/lazy.ts';
import { PropertiesTab } from './properties/properties-tab.tsx';
import { say as sayFlow } from './properties/texts.ts';
import { ReleaseHistory } from './release-history.tsx';
import { SettingsTab } from './settings-tab.tsx';
import type { Tab } from './tab.ts';
import { say } from './texts.ts';
import { YamlTab } from './yaml-tab.tsx';

const settings: Tab = { name: 'settings', title: () => say('settings'), place: 'beside', View: SettingsTab };

/** In the order of the bar. A new tab is a line here and a component of its own. */
export const tabs: readonly Tab[] = [
  settings,
  { name: 'flow', title: () => sayFlow('flow'), place: 'beside', View: PropertiesTab },
  { name: 'forms', title: () => say('formsTab'), place: 'alone', View: FormsTab },
  { name: 'content', title: () => say('contentTab'), place: 'alone', View: ContentTab },
  { name: 'yaml', title: () => say('yaml'), place: 'wide', View: YamlTab },
  { name: 'changes', title: () => say('changes'), place: 'alone', View: ChangesTab },
  { name: 'history', title: () => say('history'), place: 'alone', View: ReleaseHistory },
];

export const tabNamed = (name: string | null): Tab => tabs.find((one) => one.name === name) ?? settings;
