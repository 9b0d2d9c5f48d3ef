import { Document, isMap, isScalar, visit } from 'yaml';
import { Kit } from './kit.js';

/** A kit as a file that people read and edit: long words as blocks, a line of air before each part. */
export function writeKit(kit: Kit): string {
  const file = new Document(kit);
  visit(file, {
    Scalar(_, node) {
      if (typeof node.value !== 'string') return;
      if (node.value.includes('\n')) node.type = 'BLOCK_LITERAL';
    },
  });
  if (isMap(file.contents))
    for (const { key } of file.contents.items)
      if (isScalar(key) && (key.value === 'languages' || key.value === 'ladder')) key.spaceBefore = true;
  return file.toString({ lineWidth: 110 });
}
