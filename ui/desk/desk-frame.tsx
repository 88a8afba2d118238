import type { ComponentProps, ReactNode } from 'react';
import { Workbench } from '../workbench/workbench.tsx';
import { DeskNav } from './desk-nav.tsx';
import { say } from './texts.ts';

/** The frame of the desk's pages but for that of one case. @param current which entry of the navigation it is */
export function DeskFrame(props: {
  readonly current: ComponentProps<typeof DeskNav>['current'];
  /** Title of the document. */
  readonly page: string;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <Workbench
      home="/desk"
      mark={say('mark')}
      title={say('room')}
      page={props.page}
      context={<DeskNav current={props.current} />}
      tools={props.tools}
    >
      {props.children}
    </Workbench>
  );
}
