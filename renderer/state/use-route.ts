import { useEffect, useState } from 'preact/hooks';

/** What the app window shows; the main process asks for one by the address: `#first-run`. */
export type Route = 'links' | 'first-run';

/** `#links/3`: the route, and a number that makes each showing a new one. */
function routeOf(hash: string): Route {
  return hash.slice(1).split('/', 1)[0] === 'first-run' ? 'first-run' : 'links';
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
