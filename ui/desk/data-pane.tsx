import { useState } from 'react';
import type { ComparedValue, ReleaseView } from '../../engine/contract/routes.ts';
import type { CaseView, SectionView, TaskView } from '../../engine/contract/view.ts';
import { money, shortDateTime } from '../app/format.ts';
import { Icon } from '../app/icon.tsx';
import { now } from '../app/now.ts';
import { mark } from '../app/texts/punctuation.ts';
import { Evidence } from './evidence.tsx';
import { EvidenceDialog } from './evidence-dialog.tsx';
import { say as pack } from './evidence-texts.ts';
import { FieldLine } from './field-line.tsx';
import { type Flag, reasonOf } from './flags.ts';
import { History } from './history.tsx';
import { Others } from './others.tsx';
import { isObject, linesOf } from './papers.ts';
import { ReadSummary } from './readings/summary.tsx';
import { useReadings } from './readings/use-readings.ts';
import { say } from './texts.ts';

interface DataPaneProps {
  readonly view: CaseView;
  readonly task: TaskView | null;
  readonly release: ReleaseView;
  readonly flags: readonly Flag[];
  /** Null when nothing can be flagged in this task. */
  readonly onFlag: ((path: string) => void) | null;
  onPaper(path: string): void;
  onFile(file: string): void;
}

/** Left: all that the task shows, to be read beside the papers; a flag behind every field when the task has flags. */
export function DataPane({ view, task, release, flags, onFlag, onPaper, onFile }: DataPaneProps) {
  const reads = useReadings(view, task);
  const readings = reads.state.kind === 'ready' ? reads.state.data.values : [];
  // What no later task opens again cannot be sent back.
  const mayFlag = (form: string): boolean => task?.correctable?.includes(form) ?? true;
  const [only, setOnly] = useState(false);
  const [packing, setPacking] = useState(false);
  const changed = task?.changed ?? [];
  const values = (task?.sections ?? []).filter((section) => section.kind === 'value');
  return (
    <section className="pane deskdata" aria-label={say('data')}>
      <h1>{view.subject || view.workflow.title}</h1>
      <p className="muted">
        {[
          view.workflow.title,
          view.project.title,
          ...values.map((value) => `${value.title} ${amountText(value)}`),
          view.amount !== null && values.length === 0 ? money(view.amount) : '',
        ]
          .filter((text) => text !== '')
          .join(mark('comma'))}
      </p>
      {reads.asked ? <ReadSummary state={reads.state} onAgain={reads.again} /> : null}
      {changed.length > 0 ? (
        <label className="deskonly">
          <input type="checkbox" checked={only} onChange={() => setOnly(!only)} />
          {say('onlyChanged', { n: changed.length })}
        </label>
      ) : null}
      <div className="deskgroups">
        {(task?.sections ?? []).map((section) => (
          <Section
            key={`${section.kind} ${section.kind === 'form' ? section.form : section.kind === 'record' ? section.record : section.title}`}
            caseId={view.id}
            section={section}
            release={release}
            flags={flags}
            changed={changed}
            only={only && changed.length > 0}
            onFlag={section.kind === 'form' && mayFlag(section.form) ? onFlag : null}
            onPaper={onPaper}
            onFile={onFile}
            readings={readings}
          />
        ))}
        <Evidence view={view} />
        <Others key={view.subject} id={view.id} />
        <div className="deskgroup">
          <div className="deskgrouphead">
            <h3>{say('history')}</h3>
            <button type="button" className="btn sm" onClick={() => setPacking(true)}>
              <Icon name="print" /> {pack('open')}
            </button>
          </div>
          <History timeline={view.timeline} />
        </div>
      </div>
      {packing ? <EvidenceDialog caseId={view.id} number={view.number} onClose={() => setPacking(false)} /> : null}
    </section>
  );
}

function amountText(section: Extract<SectionView, { kind: 'value' }>): string {
  return section.format === 'money' && typeof section.value === 'number' ? money(section.value) : String(section.value);
}

interface SectionProps extends Pick<DataPaneProps, 'release' | 'flags' | 'onFlag' | 'onPaper' | 'onFile'> {
  readonly readings: readonly ComparedValue[];
  readonly caseId: string;
  readonly section: SectionView;
  /** Paths that were changed since this role last looked. */
  readonly changed: readonly string[];
  /** Nothing else is shown. */
  readonly only: boolean;
}

function Section({ caseId, section, release, flags, changed, only, onFlag, onPaper, ...read }: SectionProps) {
  switch (section.kind) {
    case 'form': {
      const schema = release.forms[section.form];
      if (section.mode === 'edit' || !schema) return null;
      const all = linesOf(section.form, schema, section.values);
      const lines = only ? all.filter((line) => changed.includes(line.path)) : all;
      if (lines.length === 0) return null;
      return (
        <div className="deskgroup">
          <h3>{section.title}</h3>
          <dl>
            {lines.map((line) => {
              const flag = flags.find((one) => one.field === line.path);
              return (
                <FieldLine
                  key={line.path}
                  caseId={caseId}
                  line={line}
                  changed={changed.includes(line.path)}
                  flag={flag === undefined ? null : reasonOf(flag) || say('reasonMissing')}
                  onFlag={onFlag}
                  onPaper={line.isFile ? onPaper : null}
                  readings={read.readings.filter((one) => one.path === line.path)}
                  onFile={read.onFile}
                />
              );
            })}
          </dl>
        </div>
      );
    }
    case 'record': {
      const schema = section.form === null ? section.schema : release.forms[section.form];
      if (!isObject(schema) || section.entries.length === 0) return null;
      return (
        <div className="deskgroup">
          <h3>{section.title}</h3>
          {section.entries.map((entry, index) => (
            <div key={`${entry.at} ${String(index)}`} className="deskentry">
              <p className="muted xs">{say('entries', { n: index + 1, at: shortDateTime(entry.at, now()) })}</p>
              <dl>
                {linesOf(`${section.record}.${index}`, schema, entry.data).map((line) => (
                  <FieldLine
                    key={line.path}
                    caseId={caseId}
                    line={{ ...line, masked: false }}
                    flag={null}
                    onFlag={null}
                    onPaper={line.isFile ? onPaper : null}
                  />
                ))}
              </dl>
            </div>
          ))}
        </div>
      );
    }
    case 'value':
    case 'link':
      return null;
  }
}
