import { textSeed } from '../../support/service/run.ts';
import { createRequest } from '../server/create.ts';
import { browserRequest } from '../server/open.ts';
import { startOurs } from '../server/subjects.ts';
import { PAGE_TEXT, type RunningPeer } from './peer.ts';

export async function setUpOurs(sync: boolean): Promise<RunningPeer> {
  const ours = await startOurs({ sync });
  const { link } = await ours.api.share(textSeed(PAGE_TEXT, 'bench', 'txt'));
  const { port, pathname } = new URL(link);
  return {
    name: sync ? 'ours' : 'ours, without sync',
    targets: {
      create: { port: ours.apiPort, request: createRequest(ours.headers) },
      page: { port: Number(port), request: browserRequest([pathname]) },
      raw: { port: Number(port), request: browserRequest([`${pathname}/raw`]) },
    },
    end: () => ours.end(),
  };
}
