import { useEffect, useState } from 'preact/hooks';

/** What the window shows; the main process asks for one by the address: `#settings`. */
export type Route = 'links' | 'settings' | 'first-run';

/** `#settings/3`: the route, and a number that makes each showing a new one. */
function routeOf(hash: string): Route {
  switch (hash.slice(1).split('/', 1)[0]) {
    case 'settings':
      return 'settings';
    case 'first-run':
      return 'first-run';
    default:
      return 'links';
  }
}

export function useRoute(): [route: Route, go: (route: Route) => void] {
  const [route, setRoute] = useState<Route>(() => routeOf(location.hash));
  useEffect(() => {
    const follow = (): void => setRoute(routeOf(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  // No history: Back would lead through old visits.
  const go = (next: Route): void => {
    history.replaceState(null, '', `#${next}`);
    setRoute(next);
  };
  return [route, go];
}
