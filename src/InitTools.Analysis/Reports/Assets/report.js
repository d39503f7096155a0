'use strict';
// Draws the page's charts from its tables, which hold all figures, and makes tables sortable. Text goes into the page
// by textContent only.
(() => {
  const HUES = 7;
  const SVG = 'http://www.w3.org/2000/svg';

  // Paths of marks around (0, 0) with radius 1. Seven hues and eight marks repeat together after 56 lines.
  const MARKS = [
    (c, r) => c.arc(0, 0, r, 0, 2 * Math.PI),
    (c, r) => c.rect(-r * 0.9, -r * 0.9, r * 1.8, r * 1.8),
    (c, r) => polygon(c, [[0, -1.2], [1.1, 0.8], [-1.1, 0.8]], r),
    (c, r) => polygon(c, [[0, -1.3], [1.3, 0], [0, 1.3], [-1.3, 0]], r),
    (c, r) => polygon(c, [[0, 1.2], [1.1, -0.8], [-1.1, -0.8]], r),
    (c, r) => polygon(c, plus(0), r),
    (c, r) => polygon(c, plus(Math.PI / 4), r),
    (c, r) => polygon(c, star(), r),
  ];

  function polygon(context, points, radius) {
    points.forEach(([x, y], i) => context[i ? 'lineTo' : 'moveTo'](x * radius, y * radius));
    context.closePath();
  }

  function plus(angle) {
    const arm = 1.3, half = 0.4;
    const corners = [[-half, -arm], [half, -arm], [half, -half], [arm, -half], [arm, half], [half, half],
      [half, arm], [-half, arm], [-half, half], [-arm, half], [-arm, -half], [-half, -half]];
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    return corners.map(([x, y]) => [x * cos - y * sin, x * sin + y * cos]);
  }

  function star() {
    return Array.from({ length: 10 }, (_, i) => {
      const radius = i % 2 ? 0.55 : 1.4, angle = i * Math.PI / 5 - Math.PI / 2;
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    });
  }

  const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const hue = i => style(`--s${i % HUES}`);

  function make(tag, properties = {}, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  // A number that a cell holds; null for an empty one, and for what no axis shows.
  function numberOf(cell) {
    const text = cell.textContent;
    const number = text === '' ? NaN : Number(text);
    return Number.isFinite(number) ? number : null;
  }

  const figure = value => value === null ? '\u2013' : String(Number(value.toPrecision(4)));

  function superscript(exponent) {
    const digits = '\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079';
    return String(exponent).replace('-', '\u207b').replace(/\d/g, digit => digits[digit]);
  }

  // ---- Line charts ----

  // The lines of a chart's table: label, and for each place what was measured and what theory expects.
  function readLines(table) {
    return [...table.tBodies].map(body => ({
      label: body.dataset.label,
      points: [...body.rows].map(row => ({
        x: numberOf(row.cells[1]),
        name: row.cells[2].textContent,
        value: numberOf(row.cells[3]),
        low: numberOf(row.cells[4]),
        high: numberOf(row.cells[5]),
        theory: numberOf(row.cells[6]),
      })),
    }));
  }

  const positive = value => value !== null && value > 0 ? value : null;

  // Ticks of a logarithmic axis: whole powers of ten, so many that labels do not crowd; 1, 2 and 5 of few decades.
  function ticks(min, max) {
    const from = Math.floor(Math.log10(min) + 1e-9), to = Math.ceil(Math.log10(max) - 1e-9);
    const decades = to - from, step = Math.max(1, Math.ceil(decades / 7)), all = [];
    for (let exponent = from; exponent <= to; exponent += step) {
      for (const factor of decades <= 2 ? [1, 2, 5] : [1]) {
        const value = Number(`${factor}e${exponent}`);
        if (value >= min * 0.999 && value <= max * 1.001) {
          all.push(value);
        }
      }
    }
    return all;
  }

  function tickText(value) {
    const exponent = Math.floor(Math.log10(value) + 1e-9);
    return Math.abs(exponent) < 4 ? String(Number(value.toPrecision(2))) : `10${superscript(exponent)}`;
  }

  class LineChart {
    constructor(container) {
      this.container = container;
      this.table = container.querySelector('table');
      this.lines = readLines(this.table);
      this.shown = this.lines.map(() => true);
      this.places = [...new Set(this.lines.flatMap(line => line.points.map(point => point.x)))].sort((a, b) => a - b);
      this.byPlace = this.lines.map(line => new Map(line.points.map(point => [point.x, point])));
      this.title = container.querySelector('h3').textContent;
      this.current = 0;

      this.plot = make('div', { className: 'plot', tabIndex: 0 });
      this.plot.setAttribute('role', 'application');
      this.plot.setAttribute('aria-roledescription', 'chart');
      this.plot.setAttribute('aria-label', `${this.title}. Arrow keys read the figures; the table below has them all.`);
      this.spoken = make('div', { className: 'spoken' });
      this.spoken.setAttribute('aria-live', 'polite');
      this.tip = make('div', { className: 'tip', hidden: true });
      const help = make('p', {
        className: 'help',
        textContent: 'Drag to zoom, double-click to see all. Keys: arrows read, + and \u2212 zoom, 0 shows all.',
      });
      const details = container.querySelector('details');
      details.before(this.makeLegend(), this.plot, help, this.spoken);
      this.plot.addEventListener('keydown', event => this.onKey(event));
      this.plot.addEventListener('blur', () => this.hideTip());
      this.draw();
      new ResizeObserver(() => this.fit()).observe(this.plot);
    }

    makeLegend() {
      const legend = make('ul', { className: 'legend' });
      legend.setAttribute('aria-label', 'Lines shown');
      this.buttons = this.lines.map((line, i) => {
        const button = make('button', { type: 'button' }, this.swatch(i), make('span', { textContent: line.label }));
        button.setAttribute('aria-pressed', 'true');
        button.addEventListener('click', () => this.show(i, !this.shown[i]));
        legend.append(make('li', {}, button));
        return button;
      });
      if (this.lines.length > 2) {
        for (const [text, on] of [['All', true], ['None', false]]) {
          const button = make('button', { type: 'button', textContent: text });
          button.addEventListener('click', () => this.lines.forEach((_, i) => this.show(i, on)));
          legend.append(make('li', { className: 'all' }, button));
        }
      }
      return legend;
    }

    // The line's mark as a picture; a recorder turns canvas calls into a path.
    swatch(i) {
      const path = [];
      const recorder = {
        moveTo: (x, y) => path.push(`M${x} ${y}`),
        lineTo: (x, y) => path.push(`L${x} ${y}`),
        closePath: () => path.push('Z'),
        rect: (x, y, w, h) => path.push(`M${x} ${y}h${w}v${h}h${-w}Z`),
        arc: (x, y, r) => path.push(`M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`),
      };
      MARKS[i % MARKS.length](recorder, 4.5);
      const svg = document.createElementNS(SVG, 'svg');
      for (const [name, value] of Object.entries({ viewBox: '-8 -8 16 16', width: 16, height: 16, 'aria-hidden': true })) {
        svg.setAttribute(name, value);
      }
      const shape = document.createElementNS(SVG, 'path');
      shape.setAttribute('d', path.join(''));
      shape.style.fill = `var(--s${i % HUES})`;
      svg.append(shape);
      return svg;
    }

    show(i, on) {
      this.shown[i] = on;
      this.buttons[i].setAttribute('aria-pressed', String(on));
      this.chart.setSeries(1 + 2 * i, { show: on }, false);
      this.chart.setSeries(2 + 2 * i, { show: on });
      this.hideTip();
    }

    // Two series a line: theory, dashed, and what was measured, joined thinly, with marks and bars drawn over both.
    draw() {
      const zoom = this.chart && this.zoomed ? { ...this.chart.scales.x } : null;
      this.chart?.destroy();
      const column = (line, figure) => this.places.map(x => positive(this.byPlace[line].get(x)?.[figure] ?? null));
      const data = [this.places, ...this.lines.flatMap((_, i) => [column(i, 'theory'), column(i, 'value')])];
      const text = style('--text'), rule = style('--rule');
      const font = `12px ${getComputedStyle(document.body).fontFamily}`;
      const axis = { stroke: text, font, labelFont: font, grid: { stroke: rule, width: 1 }, ticks: { stroke: rule, width: 1 } };
      const series = this.lines.flatMap((line, i) => {
        const common = { show: this.shown[i], stroke: hue(i), spanGaps: true, points: { show: false } };
        return [
          { ...common, label: `${line.label}, theory`, width: 2, dash: [6, 5] },
          { ...common, label: line.label, width: 1, alpha: 0.55 },
        ];
      });
      this.chart = new uPlot({
        ...this.size(),
        legend: { show: false },
        padding: [12, 12, 0, 0],
        scales: {
          x: { time: false, range: (u, min, max) => this.zoomed ? [min, max] : this.wholeWidth() },
          y: { distr: 3, log: 10, range: () => this.heightRange() },
        },
        axes: [
          {
            ...axis,
            label: this.container.dataset.x,
            incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000],
            values: (u, splits) => splits.map(x => Number.isInteger(x) ? x : null),
          },
          {
            ...axis,
            label: this.container.dataset.y,
            size: 64,
            splits: (u, index, min, max) => ticks(min, max),
            filter: (u, splits) => splits,
            values: (u, splits) => splits.map(tickText),
          },
        ],
        series: [{ label: this.container.dataset.x }, ...series],
        cursor: {
          drag: { x: true, y: false },
          points: { show: false },
          y: false,
          bind: { dblclick: () => () => this.showAll() },
        },
        hooks: {
          draw: [u => this.drawMarks(u)],
          setCursor: [u => this.onCursor(u)],
          setScale: [(u, key) => this.onScale(u, key)],
        },
      }, data, this.plot);
      this.plot.append(this.tip);
      if (zoom) {
        this.zoomTo(zoom.min, zoom.max);
      }
    }

    size() {
      return { width: Math.max(240, this.plot.clientWidth), height: this.plot.clientWidth < 500 ? 280 : 380 };
    }

    fit() {
      const size = this.size();
      if (this.chart.width !== size.width || this.chart.height !== size.height) {
        this.chart.setSize(size);
      }
    }

    // All shown figures with their bars, within whole decades where there are several.
    heightRange() {
      const values = this.lines.flatMap((line, i) => this.shown[i]
        ? line.points.flatMap(point => [point.value, point.low, point.high, point.theory])
        : []).map(positive).filter(value => value !== null);
      if (values.length === 0) {
        return [0.1, 10];
      }
      const [low, high] = [Math.log10(Math.min(...values)), Math.log10(Math.max(...values))];
      const pad = Math.max(0.15, (high - low) * 0.05);
      return [Math.max(1e-300, 10 ** (low - pad)), Math.min(1e300, 10 ** (high + pad))];
    }

    drawMarks(u) {
      const context = u.ctx, scale = devicePixelRatio;
      context.save();
      context.beginPath();
      context.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height);
      context.clip();
      this.lines.forEach((line, i) => {
        if (!this.shown[i]) {
          return;
        }
        context.strokeStyle = context.fillStyle = hue(i);
        context.lineWidth = 1.5 * scale;
        for (const point of line.points) {
          if (positive(point.value) === null) {
            continue;
          }
          const x = u.valToPos(point.x, 'x', true), y = u.valToPos(point.value, 'y', true);
          if (positive(point.low) !== null && point.high > point.low) {
            const [top, bottom] = [u.valToPos(point.high, 'y', true), u.valToPos(point.low, 'y', true)];
            const cap = 4 * scale;
            context.beginPath();
            context.moveTo(x, top);
            context.lineTo(x, bottom);
            for (const end of [top, bottom]) {
              context.moveTo(x - cap, end);
              context.lineTo(x + cap, end);
            }
            context.stroke();
          }
          context.save();
          context.translate(x, y);
          context.beginPath();
          MARKS[i % MARKS.length](context, 4 * scale);
          context.fill();
          context.restore();
        }
      });
      context.restore();
    }

    // ---- Reading figures ----

    describe(i, point) {
      const range = point.low !== null && point.high > point.low ? ` (${figure(point.low)} to ${figure(point.high)})` : '';
      const theory = point.theory === null ? '' : `, theory ${figure(point.theory)}`;
      return `${figure(point.value)}${range}${theory}`;
    }

    placeText(x, name) {
      const kind = this.container.dataset.x;
      return name === '' || name === `layer${x}` ? `${kind} ${x}` : `${kind} ${x}, ${name}`;
    }

    onCursor(u) {
      const { idx, top, left } = u.cursor;
      if (idx === null || idx === undefined || left < 0) {
        this.tip.hidden = true;
        return;
      }
      const x = this.places[idx];
      const near = this.lines
        .map((line, i) => ({ i, line, point: this.byPlace[i].get(x) }))
        .filter(({ i, point }) => this.shown[i] && point && positive(point.value) !== null)
        .map(entry => ({ ...entry, distance: Math.abs(u.valToPos(entry.point.value, 'y') - top) }))
        .sort((a, b) => a.distance - b.distance);
      if (near.length === 0) {
        this.tip.hidden = true;
        return;
      }
      const MOST = 5;
      this.tip.replaceChildren(
        make('p', { className: 'near', textContent: this.placeText(x, near[0].point.name) }),
        ...near.slice(0, MOST).map(({ i, line, point }, order) => make(
          'p',
          {},
          make(order === 0 ? 'strong' : 'span', { textContent: `${line.label}: ${this.describe(i, point)}` }))),
        ...near.length > MOST ? [make('p', { className: 'near', textContent: `and ${near.length - MOST} more` })] : []);
      this.tip.hidden = false;
      const over = u.over;
      const right = left < over.clientWidth / 2;
      const at = right ? over.offsetLeft + left + 16 : over.offsetLeft + left - 16 - this.tip.offsetWidth;
      this.tip.style.left = `${Math.max(0, at)}px`;
      this.tip.style.top = `${Math.max(0, Math.min(top + over.offsetTop - 10, over.clientHeight - this.tip.offsetHeight))}px`;
    }

    hideTip() {
      this.tip.hidden = true;
      this.chart.setCursor({ left: -10, top: -10 }, false);
    }

    onKey(event) {
      const visible = this.lines.map((_, i) => i).filter(i => this.shown[i]);
      const at = this.chart.cursor.idx ?? -1;
      const moves = {
        ArrowRight: () => this.read(visible, Math.min(at + 1, this.places.length - 1), 0),
        ArrowLeft: () => this.read(visible, Math.max(at - 1, 0), 0),
        ArrowDown: () => this.read(visible, Math.max(at, 0), 1),
        ArrowUp: () => this.read(visible, Math.max(at, 0), -1),
        Home: () => this.read(visible, 0, 0),
        End: () => this.read(visible, this.places.length - 1, 0),
        '+': () => this.zoomBy(0.5),
        '=': () => this.zoomBy(0.5),
        '-': () => this.zoomBy(2),
        0: () => this.showAll(),
        Escape: () => this.hideTip(),
      };
      if (moves[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        moves[event.key]();
      }
    }

    read(visible, index, step) {
      if (visible.length === 0) {
        return;
      }
      const place = visible.indexOf(this.current);
      this.current = visible[place < 0 ? 0 : (place + step + visible.length) % visible.length];
      const x = this.places[index], point = this.byPlace[this.current].get(x);
      const height = point && positive(point.value) !== null ? this.chart.valToPos(point.value, 'y') : 0;
      this.chart.setCursor({ left: this.chart.valToPos(x, 'x'), top: height });
      const figures = point ? this.describe(this.current, point) : 'no figure';
      this.spoken.textContent = `${this.lines[this.current].label}, ${this.placeText(x, point?.name ?? '')}: ${figures}`;
    }

    // ---- Zoom ----

    onScale(u, key) {
      if (key === 'x') {
        const [min, max] = this.wholeWidth();
        this.zoomed = u.scales.x.min > min || u.scales.x.max < max;
      }
    }

    // All places, with room for the marks at both ends.
    wholeWidth() {
      const [first, last] = [this.places[0], this.places[this.places.length - 1]];
      const margin = Math.max(0.5, (last - first) * 0.02);
      return [first - margin, last + margin];
    }

    zoomTo(min, max) {
      this.zoomed = true;
      this.chart.setScale('x', { min, max });
    }

    zoomBy(factor) {
      const { min, max } = this.chart.scales.x;
      const middle = this.chart.cursor.idx == null ? (min + max) / 2 : this.places[this.chart.cursor.idx];
      const half = (max - min) / 2 * factor;
      const whole = this.wholeWidth();
      if (2 * half >= whole[1] - whole[0]) {
        this.showAll();
      } else if (half >= 0.5) {
        this.zoomTo(middle - half, middle + half);
      }
    }

    showAll() {
      const [min, max] = this.wholeWidth();
      this.chart.setScale('x', { min, max });
    }
  }

  // ---- Histograms ----

  // Of one initializer at a time, layer by layer: weights beside activations, on one axis or on each one's own.
  class HistogramChart {
    constructor(container) {
      this.layers = new Map([...container.querySelectorAll('tbody')].map(body =>
        [body.dataset.label, HistogramChart.read(body)]));
      this.choice = make('select', {}, ...[...this.layers.keys()].map(label => make('option', { textContent: label })));
      this.shared = make('input', { type: 'checkbox', checked: true });
      this.grid = make('div', { className: 'grid' });
      for (const input of [this.choice, this.shared]) {
        input.addEventListener('change', () => this.draw());
      }
      container.querySelector('figcaption').after(
        make(
          'p',
          { className: 'choices' },
          make('label', {}, 'Initializer ', this.choice),
          make('label', {}, this.shared, ' One axis for all layers')),
        this.grid);
      this.draw();
    }

    // Rows of one layer stand together: one for each kind of values.
    static read(body) {
      const layers = new Map();
      for (const row of body.rows) {
        const key = row.cells[1].textContent;
        const layer = layers.get(key) ?? { number: key, name: row.cells[2].textContent, kinds: [] };
        layer.kinds.push({
          kind: row.cells[3].textContent,
          low: Number(row.cells[4].textContent),
          high: Number(row.cells[5].textContent),
          counts: row.cells[6].textContent.split(' ').map(Number),
        });
        layers.set(key, layer);
      }
      return [...layers.values()];
    }

    draw() {
      const layers = this.layers.get(this.choice.value);
      const all = layers.flatMap(layer => layer.kinds);
      const wholes = new Map([...new Set(all.map(({ kind }) => kind))].map(kind => {
        const same = all.filter(other => other.kind === kind);
        return [kind, [Math.min(...same.map(({ low }) => low)), Math.max(...same.map(({ high }) => high))]];
      }));
      this.grid.replaceChildren(...layers.map(layer => {
        const named = layer.name === `layer${layer.number}` ? '' : `, ${layer.name}`;
        const title = `Layer ${layer.number}${named}`;
        return make(
          'div',
          { className: 'layer' },
          make('p', { textContent: title }),
          ...layer.kinds.map(values => HistogramChart.picture(
            title, values, this.shared.checked ? wholes.get(values.kind) : [values.low, values.high])));
      }));
    }

    // Bars as wide as their step on the axis, but wide enough to be seen; the highest fills the picture.
    static picture(title, { kind, low, high, counts }, [from, to]) {
      const WIDTH = 240, HEIGHT = 48, THINNEST = 1.5;
      const place = value => to > from ? (value - from) / (to - from) * (WIDTH - THINNEST) : WIDTH / 2;
      const step = (place(high) - place(low)) / counts.length, most = Math.max(...counts);
      const bars = counts.map((count, i) => {
        const height = HEIGHT * count / most;
        return count === 0
          ? ''
          : `M${place(low) + i * step} ${HEIGHT}v${-height}h${Math.max(step, THINNEST)}v${height}Z`;
      });
      const svg = document.createElementNS(SVG, 'svg');
      const label = `${title}, ${kind} from ${figure(low)} to ${figure(high)}`;
      const attributes = { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': label };
      for (const [name, value] of Object.entries(attributes)) {
        svg.setAttribute(name, value);
      }
      const shape = document.createElementNS(SVG, 'path');
      shape.setAttribute('d', bars.join(''));
      svg.append(shape);
      return make(
        'figure',
        {},
        svg,
        make('figcaption', {}, make('span', { textContent: figure(from) }), kind, make('span', { textContent: figure(to) })));
    }
  }

  // ---- Sortable tables ----

  function makeSortable(table) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = make('button', { type: 'button', textContent: head.textContent });
      head.replaceChildren(button);
      button.addEventListener('click', () => {
        const ascending = head.getAttribute('aria-sort') !== 'ascending';
        heads.forEach(other => other.removeAttribute('aria-sort'));
        head.setAttribute('aria-sort', ascending ? 'ascending' : 'descending');
        const rows = [...table.tBodies[0].rows];
        rows.sort((a, b) => compare(a.cells[column].textContent, b.cells[column].textContent, ascending ? 1 : -1));
        table.tBodies[0].append(...rows);
      });
    });
  }

  // Numbers by size, percentages too; other text by the alphabet; empty cells last either way.
  function compare(a, b, direction) {
    if (a === '' || b === '') {
      return (a === '') - (b === '');
    }
    const [x, y] = [a, b].map(text => Number(text.replace(/ %$/, '')));
    const order = Number.isNaN(x) || Number.isNaN(y) ? a.localeCompare(b) : x === y ? 0 : x < y ? -1 : 1;
    return direction * order;
  }

  // ---- The page ----

  const charts = [...document.querySelectorAll('.line-chart')].map(container => new LineChart(container));
  document.querySelectorAll('.histograms').forEach(container => new HistogramChart(container));
  document.querySelectorAll('.sortable').forEach(makeSortable);

  const dark = matchMedia('(prefers-color-scheme: dark)'), print = matchMedia('print');
  const redraw = () => charts.forEach(chart => chart.draw());
  dark.addEventListener('change', redraw);
  print.addEventListener('change', redraw);

  const toggle = make('button', { type: 'button', textContent: 'Light or dark' });
  toggle.addEventListener('click', () => {
    const root = document.documentElement;
    const isDark = root.dataset.theme ? root.dataset.theme === 'dark' : dark.matches;
    root.dataset.theme = isDark ? 'light' : 'dark';
    redraw();
  });
  document.querySelector('header').append(toggle);
})();
