import { autocompletion, type Completion, type CompletionContext, startCompletion } from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import { type EditorView, hoverTooltip } from '@codemirror/view';
import { say } from './pane-texts.ts';
import { type Proposal, proposalsAt } from './worker/completion.ts';
import { type Explained, explainedAt } from './worker/hover.ts';
import type { Vocabulary } from './worker/vocabulary.ts';

/** What the editor knows of the words in it: proposals while typing, explanations under the pointer. */
export function knowing(vocabulary: () => Vocabulary): Extension {
  return [
    autocompletion({ override: [(context) => proposed(context, vocabulary())], activateOnTyping: true }),
    hoverTooltip((view, at) => explained(view, at, vocabulary())),
  ];
}

const types = { key: 'property', value: 'enum', name: 'variable', address: 'namespace' } as const;

function proposed(context: CompletionContext, vocabulary: Vocabulary) {
  const found = proposalsAt(context.state.doc.toString(), context.pos, vocabulary);
  if (found === null) return null;
  // Where nothing is written yet, only what was asked for is shown, or what follows a colon or a dot.
  const before = context.state.sliceDoc(Math.max(0, context.pos - 2), context.pos);
  if (found.from === context.pos && !context.explicit && !/(?:: |\.|[[{] ?)$/.test(before)) return null;
  return { from: found.from, options: found.options.map(completionOf), validFor: /^[\w-]*$/ };
}

function completionOf({ label, detail, apply, kind, more }: Proposal): Completion {
  return {
    label,
    detail,
    type: types[kind],
    ...(more === undefined && apply === undefined
      ? {}
      : {
          apply: (view: EditorView, _completion: Completion, from: number, to: number) => {
            const insert = apply ?? label;
            view.dispatch({ changes: { from, to, insert }, selection: { anchor: from + insert.length } });
            if (apply?.endsWith(': ') === true) setTimeout(() => startCompletion(view));
          },
        }),
  };
}

function explained(view: EditorView, at: number, vocabulary: Vocabulary) {
  const found = explainedAt(view.state.doc.toString(), at, vocabulary);
  if (found === null) return null;
  return { pos: found.from, end: found.to, above: true, create: () => ({ dom: drawn(found) }) };
}

/** The editor draws outside React: plain elements with text, never markup. */
function drawn({ title, meaning, origin, usual }: Explained): HTMLElement {
  const box = document.createElement('div');
  box.className = 'yamlhover';
  const line = (text: string, className: string) => {
    const part = document.createElement('p');
    part.textContent = text;
    part.className = className;
    box.append(part);
  };
  line(title, 'strong');
  if (meaning !== '') line(meaning, '');
  if (usual !== null) line(say('usual', { value: usual }), 'muted');
  if (origin !== null) line(say('writtenAt', { file: origin.file, line: origin.line }), 'muted');
  return box;
}
