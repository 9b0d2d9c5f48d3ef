declare module 'zipcode-to-timezone' {
  /** The IANA zone of a five-digit ZIP, or null when the table lacks it. */
  const table: { lookup(zip: string): string | null };
  export default table;
}
