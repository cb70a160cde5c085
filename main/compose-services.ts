import { join } from 'node:path';
import { app, powerMonitor } from 'electron';
import { composePieces } from './compose-pieces.ts';
import { createNetworkWatch, type NetworkWatch } from './desktop/network-watch.ts';
import { serviceStartFault } from './failures/faults.ts';
import type { Words } from './i18n/messages.ts';
import { lookAtLink } from './linkify/check-link.ts';
import type { ClientOptions } from './linkify/client-options.ts';
import type { PeerCheck } from './linkify/peer/verified-agent.ts';
import { wait } from './linkify/wait.ts';
import { createLinkWatch, type LinkWatch } from './links/open-counts.ts';
import type { RecentLinks } from './links/recent-links.ts';
import { createFollowAddress, type FollowAddress, linkAt } from './links/update-addresses.ts';
import { createProveLinks, type ProveLinks } from './links/verify-links.ts';
import { networkAddresses } from './server/network/address.ts';
import type { PortNews } from './server/network/pages-listener.ts';
import { hostNamesIn } from './settings/host-names.ts';
import type { Settings } from './settings/settings.ts';
import type { Actions } from './shell/actions.ts';
import type { Notice } from './shell/notices.ts';
import type { AppModel } from './state/app-state.ts';
import { createShowAddresses, type ShowAddresses } from './state/show-addresses.ts';
import { createShowReach, type ShowReach } from './state/show-reach.ts';
import { createShowService, type ShowService } from './state/show-service.ts';
import { createShowStorage } from './state/show-storage.ts';
import { createPiecesTarget } from './targets/pieces-target.ts';
import { createServices, type ServiceChoice, type Services } from './targets/services.ts';

export interface ComposeServicesNeeds {
  readonly userData: string;
  readonly model: AppModel;
  readonly settings: Settings;
  readonly links: RecentLinks;
  readonly words: Words;
  /** The service that the person chose, or the command line. */
  readonly choice: () => ServiceChoice;
  /** Asked for when something has happened: it is made after this. */
  readonly actions: () => Pick<Actions, 'refreshLinks' | 'fail' | 'solved'>;
  /** Puts a text on the clipboard. */
  readonly writeText: (text: string) => Promise<void>;
  /** The person decided whose program a custom server may be. */
  readonly onDecided: () => void;
  /** For news that no one switched off. */
  readonly notify: (notice: Notice) => void;
}

export interface ComposedServices {
  readonly services: Services;
  readonly pieces: ReturnType<typeof composePieces>;
  readonly watch: LinkWatch;
  readonly proofs: ProveLinks;
  readonly address: FollowAddress;
  readonly reach: ShowReach;
  readonly network: NetworkWatch;
  readonly addresses: ShowAddresses;
  readonly storage: ReturnType<typeof createShowStorage>;
  readonly showService: ShowService;
  /** A link as this computer's own browser finds it: a name under `.local` may mean nothing here. */
  here(link: string): Promise<string>;
  /** The popover was opened: what it shows is looked at anew. */
  catchUp(): void;
  /** Ends what runs by itself, then the services. */
  stop(): Promise<void>;
}

/** Connects the services that links can be made by, and what looks after their links. */
export function composeServices(needs: ComposeServicesNeeds): ComposedServices {
  const { model, settings, links, words } = needs;
  const refreshLinks = (): void => needs.actions().refreshLinks();
  const quotaBytes = (): number => settings.values().quotaGigabytes * 1000 ** 3;

  const peer: PeerCheck = {
    ownUid: process.getuid?.(),
    isTrusted: (uid) => settings.values().serviceOwners.find((owner) => owner.uid === uid)?.trusted,
  };
  const pieces = composePieces({
    createClient: (baseUrl) => createClient({ baseUrl, peer }),
    isTrusted: peer.isTrusted,
    ownPorts: () => services.ownPorts(),
  });
  const portChanged = (news: PortNews): void => {
    if (news.kind === 'taken') needs.actions().fail({ kind: 'links-port-taken', port: news.usual });
    else needs.actions().solved('links-port-taken');
    // The list's links carry the port at which they open.
    void address.follow();
  };
  const watch = createLinkWatch({ links, services: () => services, onNews: refreshLinks });
  const services = createServices({
    pieces: createPiecesTarget(pieces.session),
    choice: needs.choice,
    reach: () => (settings.values().reach === 'network' ? 'network' : 'loopback'),
    async startBuiltIn(reach) {
      const { startService } = await import('./server/start.ts');
      try {
        return await startService({
          dataDir: join(needs.userData, 'service'),
          apiPort: 0,
          pagesPort: 0,
          reach,
          quotaBytes: quotaBytes(),
          onOpened: watch.opened,
          onEnded: watch.ended,
          networkInterface: settings.values().networkInterface || undefined,
          localName: settings.values().localName,
          hostNames: hostNamesIn(settings.values().hostNames),
          onPort: portChanged,
          onMoved: () => void address.follow(),
        });
      } catch (error) {
        throw serviceStartFault(error);
      }
    },
    // Our own service is this very process: nobody else can have its port.
    createClient: (service) => createClient(service.builtIn ? service : { ...service, peer }),
    onCustomFault: (fault) => showService.customFailed(fault),
  });
  const address = createFollowAddress({ links, services, onChange: refreshLinks });
  const proofs = createProveLinks({
    links,
    services,
    current: address.current,
    async look({ link, service }, method) {
      // A name under `.local` may mean nothing to this computer itself.
      const base = service.kind === 'built-in' ? await services.pagesAddressUrl() : undefined;
      return lookAtLink(base === undefined ? link : linkAt(base, link), {
        method,
        ...(service.kind === 'built-in' ? {} : { peer }),
        // Links of our own service lead to our own pages, wherever on the network these are.
        ownOrigins: [
          service.kind === 'built-in'
            ? new URL(base ?? link).origin
            : new URL(service.baseUrl).origin,
        ],
      });
    },
    wait,
    now: Date.now,
    notify: needs.notify,
    onChange: refreshLinks,
    words,
  });
  const showService = createShowService({
    model,
    ...pieces,
    choice: needs.choice,
    trust: settings.trustOwner,
    isTrusted: peer.isTrusted,
    onDecided: needs.onDecided,
    words,
  });
  const reach = createShowReach({
    address,
    services,
    model,
    now: () => performance.now(),
    system: { platform: process.platform, program: process.execPath },
    hidden: {
      has: (note) => settings.values().hiddenReachNotes.includes(note),
      add: settings.hideReachNote,
    },
    writeText: needs.writeText,
  });
  const network = createNetworkWatch({
    onEvents(look) {
      powerMonitor.on('resume', look);
      return () => powerMonitor.off('resume', look);
    },
  });
  const addresses = createShowAddresses({ model, services, settings, networkAddresses, address });
  const stopFollowing = followNetwork({
    links,
    network,
    reach: {
      lookOnce: reach.lookOnce,
      lookNow() {
        addresses.refresh();
        return reach.lookNow();
      },
    },
  });
  const storage = createShowStorage({ model, services, quotaBytes });

  return {
    services,
    pieces,
    watch,
    proofs,
    address,
    reach,
    network,
    addresses,
    storage,
    showService,
    async here(link) {
      const base = await services.pagesBaseUrl();
      const own = await services.pagesAddressUrl();
      const isOurs = base !== undefined && link.startsWith(`${base}/`);
      return isOurs && own !== undefined ? linkAt(own, link) : link;
    },
    catchUp() {
      void watch.catchUp();
      void storage.refresh();
      void reach.look();
      addresses.refresh();
    },
    stop() {
      stopFollowing();
      pieces.watch.stop();
      proofs.stop();
      pieces.session.close();
      return services.stop();
    },
  };
}

/** A share is done with its work before the first look at the way to it, in ms. */
const AFTER_SHARE_MS = 1_000;

/** While there are links of this computer: their address is that of now, and known to open or not. */
function followNetwork(needs: {
  readonly links: Pick<RecentLinks, 'list' | 'subscribe'>;
  readonly network: NetworkWatch;
  readonly reach: Pick<ShowReach, 'lookNow' | 'lookOnce'>;
}): () => void {
  const { links, network, reach } = needs;
  let stopNetwork: (() => void) | undefined;
  let isLookDue = false;
  const watch = (): void => {
    if (stopNetwork === undefined) {
      if (!links.list().some(({ service }) => service.kind === 'built-in')) return;
      stopNetwork = network.subscribe(() => void reach.lookNow());
    }
    // Links of an earlier run may all be dead: then nothing is served before the next one is made.
    if (isLookDue) return;
    isLookDue = true;
    setTimeout(() => {
      isLookDue = false;
      void reach.lookOnce();
    }, AFTER_SHARE_MS).unref();
  };
  const stopLinks = links.subscribe(watch);
  watch();
  return () => {
    stopLinks();
    stopNetwork?.();
  };
}

async function createClient(
  service: Pick<ClientOptions, 'baseUrl' | 'token' | 'builtIn' | 'peer'>,
) {
  const { createLinkifyClient } = await import('./linkify/client.ts');
  return createLinkifyClient({
    ...service,
    appVersion: app.getVersion(),
    platform: process.platform,
  });
}
