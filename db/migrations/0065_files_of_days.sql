-- Months and years have the parts of their days from now on: every file is made anew, and its former bytes are deleted.
UPDATE public_line_files SET changes = changes + 1;
