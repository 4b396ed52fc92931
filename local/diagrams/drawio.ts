import { layOut } from './layout.ts';
import type { Arrow, Board, Card, Frame, Port } from './model.ts';
import { escapeXml } from './paint.ts';
import { english, type Say } from './text.ts';

/** draw.io's own shapes of AWS, which it draws without a picture of ours. */
const SHAPES: Readonly<Record<string, readonly [shape: string, colour: string]>> = {
  lambda: ['lambda', '#ED7100'],
  api: ['api_gateway', '#E7157B'],
  table: ['dynamodb', '#C925D1'],
  queue: ['sqs', '#E7157B'],
  bucket: ['s3', '#7AA116'],
  bus: ['eventbridge', '#E7157B'],
  secret: ['secrets_manager', '#DD344C'],
  key: ['key_management_service', '#DD344C'],
  alarm: ['cloudwatch_2', '#E7157B'],
  topic: ['sns', '#E7157B'],
  identity: ['cognito', '#DD344C'],
  stack: ['cloudformation', '#E7157B'],
  firewall: ['waf', '#DD344C'],
  deploy: ['codedeploy', '#C925D1'],
};

const OUTSIDE: Readonly<Record<string, string>> = { person: 'user', client: 'client', program: 'generic_application' };

/** The board as a file that draw.io (diagrams.net) opens and edits: shapes, containers and connected arrows. */
export function drawio(board: Board, say: Say = english): string {
  layOut(board, say); // refuses an arrow to nowhere
  const cells = [
    ...board.frames.map((frame, i) => frameCell(frame, `frame-${i}`, say)),
    ...board.cards.flatMap((card) => cardCells(card, board, say)),
    ...board.arrows.map((arrow, i) => arrowCell(arrow, `arrow-${i}`, say)),
  ];
  const [width, height] = board.size;
  return `<mxfile host="app.diagrams.net">
<diagram id="${board.name}" name="${escapeXml(say(board.title))}">
<mxGraphModel dx="0" dy="0" grid="1" gridSize="5" page="1" pageWidth="${width}" pageHeight="${height}">
<root>
<mxCell id="0"/>
<mxCell id="1" parent="0"/>
${cells.join('\n')}
</root>
</mxGraphModel>
</diagram>
</mxfile>
`;
}

const geometry = ([x, y]: readonly [number, number], [width, height]: readonly [number, number]): string =>
  `<mxGeometry x="${x}" y="${y}" width="${width}" height="${height}" as="geometry"/>`;

function vertex(id: string, value: string, style: string, place: string): string {
  return `<mxCell id="${id}" value="${escapeXml(value)}" style="${style}" vertex="1" parent="1">${place}</mxCell>`;
}

function frameCell({ title, at, size, style }: Frame, id: string, say: Say): string {
  const look =
    style === 'border'
      ? 'fillColor=#f8fafc;strokeColor=#b91c1c;dashed=1;fontColor=#b91c1c;'
      : 'fillColor=#eef4fb;strokeColor=#b6c8de;fontColor=#33506f;';
  return vertex(
    id,
    say(title),
    `rounded=1;arcSize=2;html=1;verticalAlign=top;align=left;spacingLeft=8;fontStyle=1;fontSize=12;${look}`,
    geometry(at, size),
  );
}

function cardCells(card: Card, board: Board, say: Say): string[] {
  const { id, kind, at, size } = card;
  const uses = Object.entries(card.uses ?? {}).map(
    ([to, access]) => `${board.cards.find((each) => each.id === to)?.title ?? to}: ${access}`,
  );
  const text = [`<b>${say(card.title)}</b>`, card.duty ? say(card.duty) : '', uses.join(', ')]
    .filter((each) => each !== '')
    .join('<br>');
  const bare = !(kind in SHAPES) && !(kind in OUTSIDE);
  const base = `rounded=1;arcSize=8;html=1;whiteSpace=wrap;fontSize=11;fillColor=#ffffff;strokeColor=#cbd5e1;`;
  const card0 = vertex(
    id,
    text,
    bare ? `${base}align=center;` : `${base}align=left;spacingLeft=46;`,
    geometry(at, size),
  );
  if (bare) return [card0];
  const place = geometry([at[0] + 9, at[1] + 9], [32, 32]);
  const shape = SHAPES[kind];
  const style = shape
    ? `shape=mxgraph.aws4.resourceIcon;resIcon=mxgraph.aws4.${shape[0]};fillColor=${shape[1]};strokeColor=#ffffff;html=1;`
    : `shape=mxgraph.aws4.${OUTSIDE[kind]};fillColor=#232F3D;strokeColor=none;html=1;`;
  return [card0, vertex(`${id}-icon`, '', style, place)];
}

function arrowCell(arrow: Arrow, id: string, say: Say): string {
  const points = (arrow.via ?? []).map(([x, y]) => `<mxPoint x="${x}" y="${y}"/>`).join('');
  const dash = arrow.style === 'link' || arrow.style === 'time' ? 'dashed=1;' : '';
  const style = `edgeStyle=orthogonalEdgeStyle;rounded=1;html=1;fontSize=11;strokeColor=#475569;${dash}${end('exit', arrow.out)}${end('entry', arrow.in)}`;
  const text = escapeXml((arrow.text ?? []).map(say).join('<br>'));
  return `<mxCell id="${id}" value="${text}" style="${style}" edge="1" parent="1" source="${arrow.from}" target="${arrow.to}"><mxGeometry relative="1" as="geometry">${points === '' ? '' : `<Array as="points">${points}</Array>`}</mxGeometry></mxCell>`;
}

function end(which: 'exit' | 'entry', port: Port): string {
  const [side, offset] = typeof port === 'string' ? ([port, 0] as const) : port;
  const places = { left: [0, 0.5], right: [1, 0.5], top: [0.5, 0], bottom: [0.5, 1] } as const;
  const [x, y] = places[side];
  const upright = side === 'left' || side === 'right';
  return `${which}X=${x};${which}Y=${y};${which}Dx=${upright ? 0 : offset};${which}Dy=${upright ? offset : 0};`;
}
