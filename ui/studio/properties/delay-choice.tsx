import { type DurationUnit, durationUnits } from '../settings-model.ts';
import { say as sayStudio } from '../texts.ts';
import { say } from './texts.ts';

interface DelayChoiceProps {
  /** Of the number. */
  readonly id: string;
  readonly count: string;
  readonly unit: DurationUnit;
  readonly describedBy?: string | undefined;
  onChange(count: string, unit: DurationUnit): void;
}

/** A time that is still to be written: a number and a unit. */
export function DelayChoice({ id, count, unit, describedBy, onChange }: DelayChoiceProps) {
  return (
    <span className="setin">
      <input
        className="in short"
        id={id}
        inputMode="numeric"
        value={count}
        aria-invalid={describedBy !== undefined}
        aria-describedby={describedBy}
        onChange={({ target }) => onChange(target.value.replace(/\D/g, '').slice(0, 4), unit)}
      />
      <select
        className="in unit"
        aria-label={sayStudio('unit', { title: say('stepDeadlineIn') })}
        value={unit}
        onChange={({ target }) => onChange(count, target.value as DurationUnit)}
      >
        {durationUnits.map((one) => (
          <option key={one} value={one}>
            {sayStudio(one)}
          </option>
        ))}
      </select>
    </span>
  );
}
