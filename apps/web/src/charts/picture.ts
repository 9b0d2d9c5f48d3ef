const [width, side, above] = [1_280, 32, 136];
const drawn = [
  'color',
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-opacity',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
];

/**
 * Saves a drawing as a PNG of 1,280 pixels' width, however small the screen is, with words above it. It takes the page's
 * colours along, since a file has no page.
 * @param says the first line is the headline
 */
export async function savePicture(svg: SVGSVGElement, says: string[], name: string): Promise<void> {
  const box = svg.getBoundingClientRect();
  const inner = width - 2 * side;
  const height = (box.height * inner) / box.width;
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copyOf(svg, inner, height)))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = above + height + side;
  const brush = canvas.getContext('2d')!;
  const { backgroundColor, color, fontFamily } = getComputedStyle(document.body);
  brush.fillStyle = backgroundColor;
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.fillStyle = color;
  says.forEach((line, at) => {
    brush.font = `${at === 0 ? '600 28px' : '20px'} ${fontFamily}`;
    brush.fillText(line, side, 48 + 34 * at, inner);
  });
  brush.drawImage(image, side, above, inner, height);
  const link = document.createElement('a');
  link.download = name;
  link.href = canvas.toDataURL('image/png');
  link.click();
}

function copyOf(svg: SVGSVGElement, width: number, height: number): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll('*')];
  [copy, ...copy.querySelectorAll<SVGElement>('*')].forEach((element, at) => {
    const style = getComputedStyle(originals[at]!);
    for (const property of drawn) element.style.setProperty(property, style.getPropertyValue(property));
  });
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  return copy;
}
