export default async function stop() {
  const postgres = globalThis.testPostgres;
  globalThis.testPostgres = undefined;
  await postgres?.remove();
}
