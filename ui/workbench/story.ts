/** A scenario that one room hands to the other: what the studio was refused with, for the lab to play. */
export interface Story {
  readonly project: string;
  /** Text of a scenario file. */
  readonly text: string;
}

const PLACE = 'certflow-story';

/** Kept for this tab, so that reading the page again plays it again. */
export function leaveStory(story: Story): void {
  sessionStorage.setItem(PLACE, JSON.stringify(story));
}

/** What was left for this project last; null when nothing was. */
export function storyFor(project: string): Story | null {
  const left = sessionStorage.getItem(PLACE);
  if (left === null) return null;
  const story = JSON.parse(left) as Story;
  return story.project === project ? story : null;
}
