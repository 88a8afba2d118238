import { list, object } from '../../../engine/forms/fields.ts';
import { same } from '../settings-model.ts';
import { type EditorProps, wordProps } from './field-editor.tsx';
import { withWord } from './fields.ts';
import { say } from './texts.ts';
import { NumberWord, TickWord, Was } from './word-inputs.tsx';

const TYPES = ['jpg', 'jpeg', 'png', 'gif', 'bmp', 'pdf'] as const;
const MEGABYTE = 1024 * 1024;

/** Which files a slot takes, and how large they may be. */
export function FilesEditor(props: EditorProps) {
  const { row, form, text, mayEdit, onText } = props;
  const word = wordProps(props, 'x-file.types', say('types'));
  const types = list(word.value).map(String);
  const known = [...new Set([...TYPES, ...types])];
  const changed = !word.own && !same(word.value ?? null, word.base ?? null);
  const tick = (type: string, on: boolean) => {
    const next = known.filter((one) => (one === type ? on : types.includes(one)));
    if (next.length > 0) word.onSet(inBaseOrder(list(word.base).map(String), next));
  };
  return (
    <>
      <fieldset className={changed ? 'word wide ch' : 'word wide'}>
        <legend>{word.label}</legend>
        <span className="setchoices">
          {known.map((type) => (
            <label key={type}>
              <input
                type="checkbox"
                checked={types.includes(type)}
                disabled={!mayEdit}
                onChange={(event) => tick(type, event.target.checked)}
              />
              {type}
            </label>
          ))}
        </span>
        {changed ? <Was {...word} said={list(word.base).join(' ')} /> : null}
      </fieldset>
      <NumberWord {...wordProps(props, 'x-file.maxBytes', say('maxBytes'))} unit={say('mb')} scale={MEGABYTE} needed />
      <TickWord
        {...wordProps(props, 'x-file.seal', say('seal'))}
        about={say('sealHint')}
        onSet={(value) =>
          onText(withWord(text, form, row, 'x-file.seal', sealed(object(row.base?.['x-file']).seal, value === true)))
        }
      />
    </>
  );
}

/** What is not said of a seal is that there need not be one. */
function sealed(base: unknown, on: boolean): boolean | undefined {
  return on || base === true ? on : undefined;
}

/** The same types as in the process are no change, whatever the order in which they were ticked. */
function inBaseOrder(usual: readonly string[], types: readonly string[]): string[] {
  return [...usual.filter((type) => types.includes(type)), ...types.filter((type) => !usual.includes(type))];
}
