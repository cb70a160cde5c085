import type { ClientOptions } from '../linkify/client-options.ts';
import type { PeerCheck } from '../linkify/peer/verified-agent.ts';
import { openPieces, type PiecesOptions } from '../pieces/open-pieces.ts';
import type { Settings } from '../settings/settings.ts';
import type { ServerOverride } from './choice.ts';
import { clientCreator } from './create-client.ts';
import { PiecesTarget } from './pieces-target.ts';
import { Targets } from './targets.ts';
import { ThisComputerTarget } from './this-computer.ts';

export interface OpenTargetsOptions
  extends Pick<ClientOptions, 'appVersion'>,
    Pick<PiecesOptions, 'places' | 'env' | 'onResume' | 'hasProtocolHandler'> {
  readonly userData: string;
  readonly settings: Settings;
  readonly override: ServerOverride;
  /** Since the last key press or mouse move, in seconds. */
  readonly idleSeconds: () => number;
}

/** Creates the targets; nothing is started or asked before the first use. */
export function openTargets(options: OpenTargetsOptions): Targets {
  const { settings, userData, override, idleSeconds, appVersion, places, env } = options;
  const { platform } = places;
  const createClient = clientCreator({ appVersion, platform });
  const peer: PeerCheck = {
    ownUid: process.getuid?.(),
    isTrusted: (uid) => settings.values().serviceOwners.find((owner) => owner.uid === uid)?.trusted,
  };
  const thisComputer = new ThisComputerTarget({ userData, settings, createClient });
  const pieces = openPieces({
    places,
    env,
    onResume: options.onResume,
    hasProtocolHandler: options.hasProtocolHandler,
    createClient: (baseUrl) => createClient({ baseUrl, peer }),
    isTrusted: peer.isTrusted,
    ownPorts: thisComputer.ports,
  });
  return new Targets({
    settings,
    override,
    thisComputer,
    pieces: new PiecesTarget(pieces, peer),
    servers: { createClient, peer, idleSeconds },
  });
}
