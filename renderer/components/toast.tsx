import type { Notice } from '../state/use-notice.ts';

/** Says what just happened, to eyes and to screen readers; it never takes the focus. */
export function Toast({ notice }: { readonly notice: Notice | null }) {
  return (
    <div class="toast" role="status" data-shown={notice !== null}>
      {notice !== null && <span key={notice.number}>{notice.text}</span>}
    </div>
  );
}
