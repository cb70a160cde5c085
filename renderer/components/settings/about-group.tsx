import { useEffect, useState } from 'preact/hooks';
import type { AboutView, LinkifyBridge } from '../../../preload/contract.ts';
import { useMessages } from '../../i18n/use-messages.ts';

interface AboutGroupProps {
  readonly bridge: Pick<LinkifyBridge, 'about'>;
  readonly onLicenses: () => void;
}

/** Which version of the app this is, and the licenses of what it consists of. */
export function AboutGroup({ bridge, onLicenses }: AboutGroupProps) {
  const { t } = useMessages();
  const [about, setAbout] = useState<AboutView>();
  useEffect(() => {
    void bridge.about().then((outcome) => outcome.ok && setAbout(outcome.value));
  }, [bridge]);
  return (
    <section class="group">
      <h2>{t('about')}</h2>
      {about !== undefined && <p>{t('versions', { ...about })}</p>}
      <div class="buttons">
        <button type="button" class="button" onClick={onLicenses}>
          {t('licenses')}
        </button>
      </div>
    </section>
  );
}
