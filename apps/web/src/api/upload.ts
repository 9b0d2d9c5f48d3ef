import { refusalOf } from './client.js';

/**
 * Sends a file as the body, and says how much of it is on its way: between 0 and 1. (`fetch` does not tell.)
 * @throws Refusal where the api says no; TypeError where it cannot be reached
 */
export function upload<Answer>(url: string, file: File, onWay: (share: number) => void): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.setRequestHeader('content-type', 'text/csv');
    request.upload.onprogress = ({ loaded, total }) => onWay(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(new TypeError('unreachable'));
    request.onload = () => {
      const { status, statusText, responseText } = request;
      if (status === 200) resolve(JSON.parse(responseText) as Answer);
      else reject(refusalOf(status, statusText, responseText));
    };
    request.send(file);
  });
}
