import { StringDecoder } from 'node:string_decoder';

/** A line that a step printed, and when its first character came, in milliseconds since 1970. */
export interface OutputLine {
  text: string;
  timestamp: number;
}

/** Puts together the lines that a step prints in pieces. */
export interface OutputLines {
  /** Returns the lines that a piece completes. */
  add(data: Buffer, timestamp: number): OutputLine[];
  /** Returns what has no line break after it, if there is anything. */
  end(): OutputLine[];
}

/** A line that goes on for longer is broken, so that no step can fill the memory. */
const MAX_LINE_CHARACTERS = 64 * 1024;

/**
 * Opens the output of one step. A carriage return ends a line too, as it does for the runner, so that all that begins a line of
 * the log has the number of its step before it. A piece may end within a line break, and within a character.
 */
export function openOutputLines(): OutputLines {
  const decoder = new StringDecoder('utf8');
  let begun: OutputLine = { text: '', timestamp: 0 };
  return {
    add(data, timestamp) {
      const before = begun.text.replace(/\r$/, '');
      const added = begun.text.slice(before.length) + decoder.write(data);
      const [first = '', ...others] = added.split(/\r?\n|\r(?!$)/);
      const line = { text: before + first, timestamp: begun.text === '' ? timestamp : begun.timestamp };
      const lines = [line, ...others.map(text => ({ text, timestamp }))];
      const last = lines.at(-1) ?? line;
      const isTooLong = last.text.length > MAX_LINE_CHARACTERS;
      begun = isTooLong ? { text: '', timestamp } : last;
      return isTooLong ? lines : lines.slice(0, -1);
    },
    end() {
      const text = begun.text.replace(/\r$/, '') + decoder.end();
      const line = { text, timestamp: begun.timestamp };
      begun = { text: '', timestamp: 0 };
      return text === '' ? [] : [line];
    },
  };
}
