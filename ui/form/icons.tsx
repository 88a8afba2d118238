/** Line icons of the form, 24 x 24; decorative: the word stands beside them. */
const paths = {
  alert: 'M12 3a9 9 0 100 18 9 9 0 000-18zM12 7.5v5.5M12 16v.4',
  warn: 'M12 4L2.5 20h19zM12 10v4.5M12 17.2v.3',
  check: 'M4 12.5l5 5L20 6.5',
  lock: 'M5 11h14v9H5zM8 11V8a4 4 0 018 0v3',
  eye: 'M2 12s4-6.5 10-6.5S22 12 22 12s-4 6.5-10 6.5S2 12 2 12zM12 9.2a2.8 2.8 0 100 5.6 2.8 2.8 0 000-5.6z',
  eyeOff:
    'M3 3l18 18M10 5.7A9.6 9.6 0 0112 5.5C18 5.5 22 12 22 12a18 18 0 01-3.2 3.8M6.3 7.3A17 17 0 002 12s4 6.5 10 6.5c1.7 0 3.2-.5 4.6-1.3',
  search: 'M11 4.5a6.5 6.5 0 100 13 6.5 6.5 0 000-13zM16 16l4.5 4.5',
  camera: 'M3 8h4l2-3h6l2 3h4v11H3zM12 9.5a3.5 3.5 0 100 7 3.5 3.5 0 000-7z',
  file: 'M6 3h8l5 5v13H6zM14 3v5h5',
  download: 'M12 4v11M7.5 11l4.5 4.5 4.5-4.5M4 20h16',
  flag: 'M5 21V4h12l-2.5 4L17 12H5',
  wait: 'M7 3h10M7 21h10M8 3c0 5 8 6 8 9s-8 4-8 9M16 3c0 5-8 6-8 9s8 4 8 9',
  add: 'M12 5v14M5 12h14',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
} as const;

export function Icon({ name }: { readonly name: keyof typeof paths }) {
  return (
    <svg className="i" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
