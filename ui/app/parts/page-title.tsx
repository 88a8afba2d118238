import { type ReactNode, useEffect, useRef } from 'react';
import { useHall } from '../hall-info.tsx';
import { useArrival } from '../route/index.ts';
import { t } from '../texts/index.ts';

/** While something on the page is wrong, the document's title says so first. */
export function useErrorTitle(wrong: boolean): void {
  useEffect(() => {
    if (!wrong) return;
    const before = document.title;
    const title = t('app.titleError', { title: before });
    document.title = title;
    return () => {
      if (document.title === title) document.title = before;
    };
  }, [wrong]);
}

/** The heading of a page: names the document and takes the focus when the page changed. */
export function PageTitle(props: {
  readonly children: ReactNode;
  /** Plain text for the document's title. */
  readonly title: string;
  /** What counts as another page; the path alone by default. */
  readonly page?: string;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { name } = useHall();
  useArrival(heading, props.page ?? '');

  useEffect(() => {
    document.title = name ? `${props.title} - ${name}` : props.title;
  }, [props.title, name]);

  return (
    <h1 ref={heading} tabIndex={-1}>
      {props.children}
    </h1>
  );
}
