/** The renderer's look, in the order in which it has to stand: what is imported later wins. */
import './css/form.css';
import './css/field.css';
import './css/controls.css';
import './css/choices.css';
import './css/notes.css';
import './css/search.css';
import './css/files.css';
import './css/dialog.css';
import './css/parts.css';
import './css/read.css';
import './css/narrow.css';
