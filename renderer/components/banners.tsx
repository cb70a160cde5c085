import { useMemo, useState } from 'preact/hooks';
import type { AppState } from '../../preload/contract.ts';
import { useMessages } from '../i18n/use-messages.ts';
import type { Route } from '../state/use-route.ts';
import type { WindowCalls } from '../state/use-window-calls.ts';
import { FailureBanner } from './failure-banner.tsx';
import { IconButton } from './icon-button.tsx';
import { MissedNotice } from './missed-notice.tsx';
import { Question } from './question.tsx';
import { hasReachProblem, ReachBanner } from './reach-note.tsx';
import { needsAttention, ServiceStatus } from './service-status.tsx';

interface BannersProps {
  readonly state: AppState;
  readonly calls: WindowCalls;
  readonly route: Route;
}

/** One message at a time, the most important one first; the others are counted. */
export function Banners(props: BannersProps) {
  const { t } = useMessages();
  const { service } = props.state;
  const waiting = useBanners(props);
  const ids = waiting.map(({ id }) => id).join();
  const [turn, setTurn] = useState({ ids, index: 0 });
  // When one comes or goes, the most important one is shown.
  const index = turn.ids === ids ? turn.index : 0;
  const shown = waiting[index];
  if (shown === undefined) {
    if (props.route !== 'links' || !needsAttention(service)) return null;
    return <ServiceStatus service={service} onRecover={props.calls.recover} />;
  }
  const count = waiting.length;
  return (
    <div class="banners" data-tone={shown.tone}>
      {shown.element}
      {count > 1 && (
        <p class="banner-turn">
          {t('bannerOf', { number: index + 1, total: count })}
          <IconButton
            icon="next"
            label={t('nextMessage')}
            onClick={() => setTurn({ ids, index: (index + 1) % count })}
          />
        </p>
      )}
    </div>
  );
}

/** All that wait, by rank: question, failure, message that was missed, links that don't open. */
function useBanners({ state, calls, route }: BannersProps) {
  const { question, reachCheck, missedNotice, links, settings } = state;
  const { recover, failure, dismissFailure } = calls;
  // Only links of this computer can be changed, and only while they open.
  const hasOwnLinks = useMemo(() => links.some((link) => link.canChange), [links]);
  const showsReach = route === 'links' && settings.reach === 'network';
  return [
    question && {
      id: question.id,
      tone: 'warning',
      element: (
        <Question
          key={question.id}
          question={question}
          onAnswer={(choiceId, remember) => calls.answer(question.id, choiceId, remember)}
        />
      ),
    },
    failure &&
      failure.cause !== question?.cause && {
        id: 'failure',
        tone: 'error',
        element: <FailureBanner failure={failure} onRecover={recover} onDismiss={dismissFailure} />,
      },
    missedNotice && {
      id: 'missed',
      tone: 'plain',
      element: <MissedNotice notice={missedNotice} onDismiss={() => recover('dismiss')} />,
    },
    showsReach &&
      reachCheck &&
      hasReachProblem(reachCheck, hasOwnLinks) && {
        id: reachCheck.kind,
        tone: 'warning',
        element: <ReachBanner key={reachCheck.kind} check={reachCheck} onStep={calls.reach} />,
      },
  ].filter((banner) => typeof banner === 'object' && banner !== null);
}
