import type { BatchLine } from '../../../engine/contract/routes.ts';
import type { StatusView } from '../../../engine/contract/view.ts';
import { CaseNumber } from '../../app/parts/case-number.tsx';
import { StatusTag } from '../../app/parts/status-tag.tsx';
import { Link } from '../../app/route/index.ts';
import { say } from './texts.ts';

const looks: { readonly [state in BatchLine['state']]: StatusView['look'] } = {
  ready: 'ok',
  known: 'plain',
  waiting: 'wait',
  begun: 'ok',
  wrong: 'err',
};

/** Rows of a table: a table on a wide screen, cards on a phone. `sent`: the file was sent in, nothing is only looked at. */
export function Lines({ lines, sent }: { readonly lines: readonly BatchLine[]; readonly sent: boolean }) {
  return (
    <>
      <div className="tablewrap batch-lines">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{say('line')}</th>
              <th scope="col">{say('name')}</th>
              <th scope="col">{say('state')}</th>
              <th scope="col">{say('number')}</th>
              <th scope="col">{say('problems')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.line}>
                <td className="num muted">{line.line}</td>
                <td>{line.name}</td>
                <td>
                  <State line={line} sent={sent} />
                </td>
                <td>
                  <Case line={line} />
                </td>
                <td>
                  <Problems line={line} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ul className="cards batch-cards">
        {lines.map((line) => (
          <li key={line.line}>
            <div className="cardtop">
              <State line={line} sent={sent} />
              <span className="small muted num">
                {say('line')} {line.line}
              </span>
            </div>
            {line.name !== '' && <p className="strong">{line.name}</p>}
            <Case line={line} />
            <Problems line={line} />
          </li>
        ))}
      </ul>
    </>
  );
}

function State({ line, sent }: { readonly line: BatchLine; readonly sent: boolean }) {
  if (sent && line.case) return <StatusTag status={{ look: 'plain', label: line.case.label }} />;
  const label = say(line.state === 'wrong' && !sent ? 'state.wrongYet' : `state.${line.state}`);
  return <StatusTag status={{ look: looks[line.state], label }} />;
}

function Case({ line }: { readonly line: BatchLine }) {
  if (!line.case) return null;
  return (
    <Link to={`/cases/${line.case.id}`}>
      <CaseNumber number={line.case.number} />
    </Link>
  );
}

function Problems({ line }: { readonly line: BatchLine }) {
  if (line.problems.length === 0) return null;
  return (
    <div className="batch-problems">
      {line.problems.map(({ column, message }) => (
        <p key={`${column} ${message}`}>{column === null ? message : say('problem', { column, message })}</p>
      ))}
    </div>
  );
}
