/** What all papers share: points of a millimetre, and the colours of ink. */
export const mm = 72 / 25.4;

export const ink = '#17202e';
export const soft = '#3d4859';
export const faint = '#5a6675';
/** Lines that divide, and those that frame. */
export const hair = '#dcdfdd';
export const rule = '#808a97';
export const tint = '#f3f4f0';
