import { completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { HighlightStyle, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useMemo, useRef } from 'react';
import type { Issue } from '../../engine/model/issue.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import { toldIssue } from '../workbench/told-issue.ts';
import { knowing } from './editor-knowledge.ts';
import { say } from './texts.ts';
import { settingsOnly, type Vocabulary } from './worker/vocabulary.ts';

interface YamlEditorProps {
  readonly text: string;
  /** Issues of this file only. */
  readonly issues: readonly Issue[];
  /** Where to go; a new object goes there again. */
  readonly goto: { readonly line: number; readonly column: number } | null;
  readonly label: string;
  /** The settings' JSON Schema: its names and choices are proposed until more is known. */
  readonly schema: JsonObject;
  /** What the names of the definition are; null until it was checked for the first time. */
  readonly vocabulary?: Vocabulary | null;
  onChange(text: string): void;
}

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--brand)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--ok)' },
  { tag: [tags.comment, tags.lineComment], color: 'var(--ink-3)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom, tags.keyword], color: 'var(--moved)' },
]);

/** The file as text: CodeMirror with the check's issues in the gutter and under the words. */
export function YamlEditor({ text, issues, goto, label, schema, vocabulary = null, onChange }: YamlEditorProps) {
  const room = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView | null>(null);
  const changed = useRef(onChange);
  changed.current = onChange;
  const first = useRef(text);
  const known = useRef<Vocabulary>(settingsOnly(schema));
  known.current = useMemo(() => vocabulary ?? settingsOnly(schema), [vocabulary, schema]);

  useEffect(() => {
    if (!room.current) return;
    const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
    const view = new EditorView({
      parent: room.current,
      state: EditorState.create({
        doc: first.current,
        extensions: [
          EditorView.cspNonce.of(nonce),
          lineNumbers(),
          highlightActiveLine(),
          drawSelection(),
          history(),
          indentUnit.of('  '),
          yaml(),
          syntaxHighlighting(colours),
          lintGutter(),
          knowing(() => known.current),
          keymap.of([...defaultKeymap, ...historyKeymap, ...lintKeymap, ...completionKeymap, indentWithTab]),
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) changed.current(update.state.doc.toString());
          }),
        ],
      }),
    });
    editor.current = view;
    return () => {
      view.destroy();
      editor.current = null;
    };
  }, [label]);

  // The form writes the same text: only then is the editor's own content replaced.
  useEffect(() => {
    const view = editor.current;
    if (!view || view.state.doc.toString() === text) return;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
  }, [text]);

  useEffect(() => {
    const view = editor.current;
    if (view)
      view.dispatch(
        setDiagnostics(
          view.state,
          issues.map((issue) => diagnosticOf(view, issue)),
        ),
      );
  }, [issues]);

  useEffect(() => {
    const view = editor.current;
    if (!view || !goto) return;
    const at = placeOf(view, goto.line, goto.column);
    view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
    view.focus();
  }, [goto]);

  return <div className="yamleditor" ref={room} />;
}

function diagnosticOf(view: EditorView, told: Issue): Diagnostic {
  const issue = toldIssue(told);
  const from = placeOf(view, issue.line, issue.column);
  const line = view.state.doc.lineAt(from);
  const word = /^[^\s,:{}[\]]+/.exec(line.text.slice(from - line.from))?.[0].length ?? 0;
  const proposal = issue.proposal === undefined ? '' : `\n${say('proposal', { text: issue.proposal })}`;
  return {
    from,
    to: Math.min(from + Math.max(word, 1), line.to),
    severity: issue.severity,
    message: `${issue.message}${proposal}`,
  };
}

function placeOf(view: EditorView, line: number, column: number): number {
  const found = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
  return Math.min(found.from + Math.max(column - 1, 0), found.to);
}
