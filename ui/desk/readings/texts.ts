import { dictionary } from '../../app/texts/dictionary.ts';

export const say = dictionary(
  {
    title: '图片识别与填写对照',
    running: '正在识别图片',
    allSame: '{n} 项一致',
    differ: '{n} 项不一致',
    none: '“{title}”没有识别出可对照的内容，请看图核对。',
    later: '“{title}”还没有识别。',
    again: '再识别一次',
    failed: '图片没有识别成功，请看图核对。',
    onPaper: '{slot}上是',
    differsMasked: '与{slot}不一致，显示后可以对照',
    same: '与{slot}一致',
    unsure: '识别把握不大',
    look: '看{slot}',
  },
  {
    title: 'Pictures and what was typed',
    running: 'Reading the pictures',
    allSame: '{n} agree',
    differ: '{n} differ',
    none: 'Nothing to compare could be read from “{title}”; compare it by eye.',
    later: '“{title}” was not read yet.',
    again: 'Read again',
    failed: 'The pictures could not be read; compare them by eye.',
    onPaper: '{slot} says',
    differsMasked: 'differs from {slot}; show it to compare',
    same: 'agrees with {slot}',
    unsure: 'read without certainty',
    look: 'Look at {slot}',
  },
);
