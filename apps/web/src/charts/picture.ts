/** Saves a drawing as a PNG twice its size, with a title above it. It carries its own colours, since a file has no page. */
export async function savePicture(svg: SVGSVGElement, title: string, name: string): Promise<void> {
  const { width, height } = svg.viewBox.baseVal;
  const style = getComputedStyle(svg);
  const copy = svg.cloneNode(true) as SVGSVGElement;
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  copy.style.color = style.color;
  copy.style.fontFamily = 'system-ui, sans-serif';
  const text = new XMLSerializer().serializeToString(copy);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  const above = 48;
  canvas.width = width * 2;
  canvas.height = (height + above) * 2;
  const brush = canvas.getContext('2d')!;
  brush.scale(2, 2);
  brush.fillStyle = getComputedStyle(document.body).backgroundColor;
  brush.fillRect(0, 0, width, height + above);
  brush.fillStyle = style.color;
  brush.font = '600 16px system-ui, sans-serif';
  brush.fillText(title, 16, 30, width - 32);
  brush.drawImage(image, 0, above);
  const link = document.createElement('a');
  link.download = name;
  link.href = canvas.toDataURL('image/png');
  link.click();
}
