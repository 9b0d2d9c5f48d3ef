import { useSearchParams } from 'wouter';

/** What a page was narrowed to, kept in its address: one can reload it, come back to it and send it on. */
export function useFilters(): [URLSearchParams, (name: string, value: string | null) => void] {
  const [filters, setFilters] = useSearchParams();
  function set(name: string, value: string | null) {
    setFilters(
      (before) => {
        const after = new URLSearchParams(before);
        if (value) after.set(name, value);
        else after.delete(name);
        return after;
      },
      { replace: true },
    );
  }
  return [filters, set];
}
