// Draws the icon of the product, `npm run icons`: a hall's open door in a speech circle. The shapes are said once and become
// public/icon.svg and, sampled, the PNG files that installed pages need (PNG, third edition; W3C).

import { writeFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';

const accent = [0x0b, 0x6e, 0x6e];
const paper = [0xfb, 0xfa, 0xf7];
const amber = [0xe2, 0xa6, 0x3b];

// On a field of 512 by 512; what matters lies in the middle 80 %, which every mask keeps.
const circle = { x: 256, y: 240, radius: 158 };
const tail = [[152, 330], [132, 436], [252, 392]];
const doorway = { left: 192, right: 320, top: 214, bottom: 334, arch: 64 };
const leaf = [[192, 216], [236, 236], [236, 362], [192, 334]];

function hex(colour) {
  return `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

function points(polygon) {
  return polygon.map((point) => point.join(' ')).join('L');
}

function svg() {
  const { left, right, top, bottom, arch } = doorway;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">
  <rect width="512" height="512" rx="96" fill="${hex(accent)}"/>
  <path fill="${hex(paper)}" d="M${points(tail)}Z"/>
  <circle cx="${circle.x}" cy="${circle.y}" r="${circle.radius}" fill="${hex(paper)}"/>
  <path fill="${hex(accent)}" d="M${left} ${bottom}V${top}a${arch} ${arch} 0 0 1 ${right - left} 0V${bottom}Z"/>
  <path fill="${hex(amber)}" d="M${points(leaf)}Z"/>
</svg>
`;
}

function isInPolygon(polygon, x, y) {
  let inside = false;
  polygon.forEach(([x1, y1], i) => {
    const [x2, y2] = polygon[(i + polygon.length - 1) % polygon.length];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
  });
  return inside;
}

function isInDoorway(x, y) {
  const { left, right, top, bottom, arch } = doorway;
  if (y >= top) return x >= left && x <= right && y <= bottom;
  return Math.hypot(x - (left + right) / 2, y - top) <= arch;
}

function colourAt(x, y) {
  if (isInPolygon(leaf, x, y)) return amber;
  if (isInDoorway(x, y)) return accent;
  if (Math.hypot(x - circle.x, y - circle.y) <= circle.radius || isInPolygon(tail, x, y)) return paper;
  return accent;
}

function pixelAt(column, row, size) {
  const samples = 4;
  const sum = [0, 0, 0];
  for (let i = 0; i < samples * samples; ++i) {
    const x = ((column + ((i % samples) + 0.5) / samples) * 512) / size;
    const y = ((row + (Math.floor(i / samples) + 0.5) / samples) * 512) / size;
    colourAt(x, y).forEach((part, channel) => (sum[channel] += part));
  }
  return sum.map((part) => Math.round(part / (samples * samples)));
}

/// The checksum of PNG (ISO 3309); zlib has it only since Node 20.15.
function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; ++bit) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

function png(size) {
  const rows = Array.from({ length: size }, (_, row) => [0, ...Array.from({ length: size }, (_, column) => pixelAt(column, row, size)).flat()]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const pixels = deflateSync(Buffer.from(rows.flat()), { level: 9 });
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

const folder = new URL('../public/', import.meta.url);
writeFileSync(new URL('icon.svg', folder), svg());
for (const size of [192, 512]) writeFileSync(new URL(`icon-${size}.png`, folder), png(size));
