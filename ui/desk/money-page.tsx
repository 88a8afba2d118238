import { Workbench } from '../workbench/workbench.tsx';
import { DeskNav } from './desk-nav.tsx';
import { BillPart } from './money-bill.tsx';
import { LedgerPart } from './money-ledger.tsx';
import { BankLinesPart } from './money-lines.tsx';
import { SuspensePart } from './money-suspense.tsx';
import { say } from './money-texts.ts';
import { say as desk } from './texts.ts';
import './desk.css';
import './money.css';

/** Finance: what came to the bank account, whether the provider agrees with the ledger, and what belongs to nobody. */
export function MoneyPage() {
  return (
    <Workbench
      home="/desk"
      mark={desk('mark')}
      title={desk('room')}
      page={say('title')}
      context={<DeskNav current="money" />}
    >
      <div className="deskmoney">
        <h1>{say('title')}</h1>
        <BankLinesPart />
        <SuspensePart />
        <BillPart />
        <LedgerPart />
      </div>
    </Workbench>
  );
}
