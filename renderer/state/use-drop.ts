import { useEffect, useState } from 'preact/hooks';

interface DropHandlers {
  readonly files: (files: readonly File[]) => void;
  readonly text: (text: string) => void;
}

/**
 * Takes what is dropped anywhere on the window; answers whether something hovers over it.
 * Text that is dropped into a field stays the field's.
 */
export function useDrop(takers: DropHandlers): boolean {
  const [hovering, setHovering] = useState(false);
  useEffect(() => {
    const takes = (event: DragEvent): boolean => {
      const types = event.dataTransfer?.types ?? [];
      if (types.includes('Files')) return true;
      return types.includes('text/plain') && !(event.target instanceof HTMLInputElement);
    };
    const over = (event: DragEvent): void => {
      const taken = takes(event);
      // What is not taken must not be opened as a page either.
      if (taken || event.dataTransfer?.types.includes('Files')) event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = taken ? 'copy' : 'none';
      setHovering(taken);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setHovering(false);
    };
    const drop = (event: DragEvent): void => {
      setHovering(false);
      if (!takes(event)) return;
      event.preventDefault();
      const files = [...(event.dataTransfer?.files ?? [])];
      const text = event.dataTransfer?.getData('text/plain') ?? '';
      if (files.length > 0) takers.files(files);
      else if (text.trim() !== '') takers.text(text);
    };
    // Where it comes over another element the answer to "enter" counts until it moves again.
    addEventListener('dragenter', over);
    addEventListener('dragover', over);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragenter', over);
      removeEventListener('dragover', over);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
    };
  });
  return hovering;
}
