import type { ComponentType } from 'react';
import type { Issue } from '../../engine/model/issue.ts';
import type { Editing } from './use-project.ts';

/** What every tab of a project's page is given. */
export interface Page {
  /** The draft's text and what was found in it. A tab reads it and writes it by `setText`, so that all stay in step. */
  readonly editing: Editing;
  /** The project's own file, as issues name it. */
  readonly file: string;
  /** Where the text is to be shown; a new object goes there again. */
  readonly goto: Place | null;
  /** Address of the state that the diagram shows as chosen. */
  readonly selected: string | null;
  /** The chosen line that leaves it, by kind and name: `on|NEXT`. */
  readonly way: string | null;
  select(address: string | null, way?: string): void;
  /** The tab that is shown, by its name in the address. */
  readonly tab: string;
  show(tab: string): void;
  /** Something of the diagram was pressed: the settings make room for the step; the text stays beside it. */
  edit(): void;
  /** To a line of the text. */
  goTo(place: Place): void;
  /** To the row of a setting, by the names that lead to it. */
  toSetting(path: string): void;
  /** To the place of an issue: in the diagram and in the text. */
  go(issue: Issue): void;
  /** Reads the project again. */
  reload(): void;
}

export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface TabProps {
  readonly page: Page;
}

export interface Tab {
  /** In the address: `?tab=name`. */
  readonly name: string;
  title(): string;
  /** `beside` the diagram, `wide` beside a narrower one, or `alone` with the whole page. */
  readonly place: 'beside' | 'wide' | 'alone';
  readonly View: ComponentType<TabProps>;
}
