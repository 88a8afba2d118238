/** Line icons, 24 x 24, drawn with the text's colour. Decorative: the word stands beside it. */
const paths = {
  check: 'M4 12.5l5 5L20 6.5',
  chevron: 'M6 9l6 6 6-6',
  arrow: 'M9 6l6 6-6 6',
  alert: 'M12 3a9 9 0 100 18 9 9 0 000-18zM12 7.5v5.5M12 16v.4',
  warn: 'M12 4L2.5 20h19zM12 10v4.5M12 17.2v.3',
  wait: 'M7 3h10M7 21h10M8 3c0 5 8 6 8 9s-8 4-8 9M16 3c0 5-8 6-8 9s8 4 8 9',
  clock: 'M12 3a9 9 0 100 18 9 9 0 000-18zM12 7v5l3.5 2',
  search: 'M11 4.5a6.5 6.5 0 100 13 6.5 6.5 0 000-13zM16 16l4.5 4.5',
  print: 'M7 9V4h10v5M7 17H4v-7h16v7h-3M7 14h10v6H7z',
  download: 'M12 4v11M7.5 11l4.5 4.5 4.5-4.5M4 20h16',
  lock: 'M5 11h14v9H5zM8 11V8a4 4 0 018 0v3',
  eye: 'M2 12s4-6.5 10-6.5S22 12 22 12s-4 6.5-10 6.5S2 12 2 12zM12 9.2a2.8 2.8 0 100 5.6 2.8 2.8 0 000-5.6z',
  link: 'M10 14a4 4 0 006 0l3-3a4 4 0 00-6-6l-1 1M14 10a4 4 0 00-6 0l-3 3a4 4 0 006 6l1-1',
  flag: 'M5 21V4h12l-2.5 4L17 12H5',
  close: 'M6 6l12 12M18 6L6 18',
  dot: 'M12 9a3 3 0 100 6 3 3 0 000-6z',
  camera: 'M3 8h4l2-3h6l2 3h4v11H3zM12 9.5a3.5 3.5 0 100 7 3.5 3.5 0 000-7z',
  menu: 'M4 7h16M4 12h16M4 17h16',
  bell: 'M6 17V11a6 6 0 0112 0v6l1.5 1.5h-15zM10 21.5h4M12 5V3',
  file: 'M6 3h8l5 5v13H6zM14 3v5h5',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, className }: { readonly name: IconName; readonly className?: string }) {
  return (
    <svg className={className ? `i ${className}` : 'i'} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
