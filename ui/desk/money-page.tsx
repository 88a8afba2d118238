import { DeskFrame } from './desk-frame.tsx';
import { BillPart } from './money-bill.tsx';
import { LedgerPart } from './money-ledger.tsx';
import { BankLinesPart } from './money-lines.tsx';
import { SuspensePart } from './money-suspense.tsx';
import { say } from './money-texts.ts';
import './desk.css';
import './money.css';

/** Finance: what came to the bank account, whether the provider agrees with the ledger, and what belongs to nobody. */
export function MoneyPage() {
  return (
    <DeskFrame current="money" page={say('title')}>
      <div className="deskmoney">
        <h1>{say('title')}</h1>
        <BankLinesPart />
        <SuspensePart />
        <BillPart />
        <LedgerPart />
      </div>
    </DeskFrame>
  );
}
