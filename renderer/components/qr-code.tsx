import { useEffect, useState } from 'preact/hooks';
import { useMessages } from '../i18n/use-messages.ts';

interface Drawn {
  readonly size: number;
  readonly path: string;
}

/** A link for the camera of a phone. The encoder is loaded when the first code is asked for. */
export function QrCode({ link }: { readonly link: string }) {
  const { t } = useMessages();
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  useEffect(() => {
    let wanted = true;
    void import('uqr').then(({ encode }) => {
      // Four modules of quiet around it: ISO/IEC 18004 asks for them.
      const { size, data } = encode(link, { ecc: 'M', border: 4 });
      if (wanted) setDrawn({ size, path: pathOf(data) });
    });
    return () => {
      wanted = false;
    };
  }, [link]);
  return (
    <figure class="qr">
      <svg
        viewBox={`0 0 ${drawn?.size ?? 33} ${drawn?.size ?? 33}`}
        role="img"
        aria-label={t('scanToOpen', { link })}
        shape-rendering="crispEdges"
      >
        {drawn !== null && <path d={drawn.path} />}
      </svg>
      <figcaption>{t('scanHelp')}</figcaption>
    </figure>
  );
}

/** One rectangle for each run of dark modules in a row. */
function pathOf(rows: readonly (readonly boolean[])[]): string {
  let path = '';
  rows.forEach((row, y) => {
    let start = -1;
    for (let x = 0; x <= row.length; x += 1) {
      if (row[x] === true && start < 0) start = x;
      if (row[x] !== true && start >= 0) {
        path += `M${start} ${y}h${x - start}v1H${start}z`;
        start = -1;
      }
    }
  });
  return path;
}
