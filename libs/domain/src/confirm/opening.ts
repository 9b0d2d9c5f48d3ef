const place = /\{\{\s*docket\s*\}\}/g;

/** The line that a comment begins with, `{{ docket }}` filled in. @returns null while the docket has no id */
export const openingLine = (opening: string, docket: string | undefined): string | null =>
  docket === undefined && opening.search(place) >= 0 ? null : opening.replace(place, docket ?? '');
