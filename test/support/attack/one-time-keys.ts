import { get, keyIn, sendForm, startTestService, textSeed } from '../service/run.ts';

export const name = 'forms of one link that push out the keys of another';

/** More than a store of keys would hold. */
const FORMS = 10_050;

export interface KeysResult {
  /** Whether a visitor who had the form before can still open the other link. */
  readonly opened: boolean;
}

export async function run(forms = FORMS): Promise<KeysResult> {
  const running = await startTestService();
  try {
    const victim = await running.api.share(textSeed('for one reader'), { once: true });
    const own = await running.api.share(textSeed('x'), { once: true });
    const key = keyIn((await get(victim.link)).text);
    const ask = async (): Promise<void> => {
      for (let count = 0; count < forms / 16; count++) await get(own.link);
    };
    await Promise.all(Array.from({ length: 16 }, ask));
    const answer = await sendForm(victim.link, { key });
    return { opened: answer.status === 200 && answer.text.includes('for one reader') };
  } finally {
    await running.end();
  }
}
