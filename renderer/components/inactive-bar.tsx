import { useMessages } from '../i18n/use-messages.ts';

/** Below the list: shows the links that ended more than a day ago, and removes them. */
export function InactiveBar(props: {
  readonly count: number;
  readonly isShown: boolean;
  readonly onShow: (isShown: boolean) => void;
  readonly onRemove: () => void;
}) {
  const { t } = useMessages();
  const { count, isShown, onShow } = props;
  return (
    <div class="inactive-bar">
      <button
        type="button"
        class="text-button"
        aria-expanded={isShown}
        onClick={() => onShow(!isShown)}
      >
        {isShown ? t('hideInactive') : t('showInactive', { count })}
      </button>
      {isShown && (
        <button type="button" class="text-button" onClick={props.onRemove}>
          {t('removeInactive')}
        </button>
      )}
    </div>
  );
}
