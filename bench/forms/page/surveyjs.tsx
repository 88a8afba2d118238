import { createRoot } from 'react-dom/client';
import { Model } from 'survey-core';
import 'survey-core/survey-core.css';
import { Survey } from 'survey-react-ui';
import { few, type Spec, several, specs } from '../schema.ts';
import { count, root, saveLater, show } from './contest.ts';

const fields = specs(count);

show(() => {
  // Like the others it hears of every keystroke; its conditions and the draft depend on that.
  const model = new Model({ textUpdateMode: 'onTyping', elements: fields.map(elementOf) });
  model.onValueChanged.add((survey) => saveLater(() => survey.data));
  createRoot(root).render(<Survey model={model} />);
});

function elementOf(one: Spec) {
  const { when } = one;
  const visibleIf = when && ('is' in when ? `{${when.field}} = '${when.is}'` : `{${when.field}} notempty`);
  return {
    name: one.name,
    title: one.title,
    isRequired: one.required,
    ...controlOf(one),
    ...(visibleIf && { visibleIf }),
  };
}

function controlOf({ kind }: Spec) {
  switch (kind) {
    case 'text':
      return { type: 'text', maxLength: 200 };
    case 'multiline':
      return { type: 'comment', maxLength: 2000 };
    case 'whole':
      return { type: 'text', inputType: 'number', min: 0, max: 100_000 };
    case 'choice':
      return { type: 'radiogroup', choices: few };
    case 'many':
      return { type: 'dropdown', choices: several };
    case 'tick':
      return { type: 'boolean', renderAs: 'checkbox' };
    case 'day':
      return { type: 'text', inputType: 'date' };
    case 'mail':
      return { type: 'text', inputType: 'email' };
  }
}
