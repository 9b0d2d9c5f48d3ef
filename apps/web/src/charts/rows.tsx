import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

/** A table of figures; the first cell of each row names it. */
export function Rows({ label, head, rows }: { label: string; head: string[]; rows: ReactNode[][] }) {
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={label}>
      <Table className="figure">
        <Table.Thead>
          <Table.Tr>
            {head.map((name) => (
              <Table.Th key={name}>{name}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(([name, ...cells], row) => (
            <Table.Tr key={row}>
              <Table.Th scope="row">{name}</Table.Th>
              {cells.map((cell, column) => (
                <Table.Td key={column}>{cell}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
