/* global document, history, location */
// A key that came behind the address's # is filled in; what stands there never leaves the browser by itself.
const field = document.querySelector('input[name="key"]');
if (field && location.hash.length > 1) {
  field.value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, '', location.pathname);
}
