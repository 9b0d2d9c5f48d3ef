import { createTheme, type MantineColorsTuple, type CSSVariablesResolver } from '@mantine/core';

const blue: MantineColorsTuple = [
  '#eaf3fa',
  '#d3e4f1',
  '#a6c8e3',
  '#76aad4',
  '#4f91c8',
  '#3681c0',
  '#2778bd',
  '#1f659f',
  '#1f4e79',
  '#123c62',
];

/** Contrast as WCAG AA asks for it, in both schemes; Mantine's own defaults fall short. */
export const theme = createTheme({
  colors: { blue },
  primaryColor: 'blue',
  primaryShade: { light: 8, dark: 7 },
  autoContrast: true,
  defaultRadius: 'md',
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
  headings: { fontWeight: '650' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Anchor: { defaultProps: { underline: 'always' } },
    Alert: { styles: { title: { color: 'var(--mantine-color-text)' } } },
    // A dialog's header is no banner of the page.
    ModalHeader: { defaultProps: { role: 'none' } },
  },
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#555d66',
    '--mantine-color-placeholder': '#6b727a',
    '--mantine-color-error': '#a3201d',
    '--mantine-color-body': '#fbfaf7',
    '--mantine-color-anchor': '#174f76',
    '--chart-1': '#1f659f',
    '--chart-2': '#b4500b',
    '--chart-text': '#33383e',
  },
  dark: {
    '--mantine-color-dimmed': '#b0b5bb',
    '--mantine-color-placeholder': '#a0a6ad',
    '--mantine-color-error': '#ff9a92',
    '--mantine-color-body': '#15181c',
    '--mantine-color-anchor': '#9bcdf0',
    '--chart-1': '#76aad4',
    '--chart-2': '#f0a35e',
    '--chart-text': '#d5d8dc',
  },
});
