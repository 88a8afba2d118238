import { clockTime } from '../../app/format.ts';
import { Icon } from '../../app/icon.tsx';
import { useTexts } from '../../app/texts/index.ts';
import type { DraftState } from './draft-saver.ts';

/** “10:42 已自动保存”, or that it is not saved yet and what is being done about it. */
export function DraftStatus({ state, uploads = 0 }: { readonly state: DraftState; readonly uploads?: number }) {
  const t = useTexts();
  if (uploads > 0) {
    return (
      <span className="say" role="status">
        {t('draft.uploads', { n: uploads })}
      </span>
    );
  }
  switch (state.kind) {
    case 'idle':
      return <span className="say autosave">{t('draft.idle')}</span>;
    case 'saving':
      return <span className="say autosave">{t('draft.saving')}</span>;
    case 'saved':
      return (
        <span className="say autosave">
          <Icon name="check" /> {t('draft.saved', { time: clockTime(state.at) })}
        </span>
      );
    case 'waiting':
      return (
        <span className="say late autosave" role="status">
          <Icon name="warn" /> {t('draft.waiting', { message: state.message })}
        </span>
      );
  }
}
