#pragma once

#include <xlsxwriter.h>

#include <string>

#include "base/loaded_library.hpp"

namespace fleetmeter::workbook {

/// libxlsxwriter, loaded when the first workbook is made. Few runs make one, and with what it needs
/// itself it takes longer to load than all other libraries of the program together.
///
/// Has the functions that are used here, under their own names.
class WorkbookLibrary : base::LoadedLibrary {
 public:
  /// Throws Error(io) when the library is not installed.
  [[nodiscard]] static const WorkbookLibrary& get();

 private:
  WorkbookLibrary();

 public:
  decltype(&::format_set_align) format_set_align = find("format_set_align");
  decltype(&::format_set_bold) format_set_bold = find("format_set_bold");
  decltype(&::format_set_font_size) format_set_font_size = find("format_set_font_size");
  decltype(&::format_set_num_format) format_set_num_format = find("format_set_num_format");
  decltype(&::lxw_strerror) lxw_strerror = find("lxw_strerror");
  decltype(&::workbook_add_format) workbook_add_format = find("workbook_add_format");
  decltype(&::workbook_add_worksheet) workbook_add_worksheet = find("workbook_add_worksheet");
  decltype(&::workbook_close) workbook_close = find("workbook_close");
  decltype(&::workbook_new_opt) workbook_new_opt = find("workbook_new_opt");
  decltype(&::workbook_set_properties) workbook_set_properties = find("workbook_set_properties");
  decltype(&::worksheet_autofilter) worksheet_autofilter = find("worksheet_autofilter");
  decltype(&::worksheet_fit_to_pages) worksheet_fit_to_pages = find("worksheet_fit_to_pages");
  decltype(&::worksheet_freeze_panes) worksheet_freeze_panes = find("worksheet_freeze_panes");
  decltype(&::worksheet_repeat_rows) worksheet_repeat_rows = find("worksheet_repeat_rows");
  decltype(&::worksheet_set_column) worksheet_set_column = find("worksheet_set_column");
  decltype(&::worksheet_set_footer) worksheet_set_footer = find("worksheet_set_footer");
  decltype(&::worksheet_set_landscape) worksheet_set_landscape = find("worksheet_set_landscape");
  decltype(&::worksheet_set_paper) worksheet_set_paper = find("worksheet_set_paper");
  decltype(&::worksheet_write_number) worksheet_write_number = find("worksheet_write_number");
  decltype(&::worksheet_write_string) worksheet_write_string = find("worksheet_write_string");
};

}  // namespace fleetmeter::workbook
