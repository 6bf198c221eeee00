#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fleetmeter::cli {

/// What may stand in the place of the word that ends a line as it is typed so far.
using Completer = std::function<std::vector<std::string>(const std::string& line)>;

/// Lines that somebody types at a terminal, with a history and completion by Tab. Where libedit is
/// not installed, lines are read as the terminal gives them.
class LineEditor {
 public:
  /// `history_file` is where lines are kept between two runs; empty: nowhere.
  LineEditor(std::string history_file, Completer complete);
  ~LineEditor();
  LineEditor(const LineEditor&) = delete;
  LineEditor& operator=(const LineEditor&) = delete;

  struct Line {
    std::string text;
    bool is_cancelled = false;  ///< by Ctrl-C
  };
  /// The next line, without its end. Absent when there are no more.
  [[nodiscard]] std::optional<Line> read(const std::string& prompt);

  /// Whether Ctrl-C is a key while a line is typed, and no signal.
  [[nodiscard]] bool takes_ctrl_c() const { return editor_ != nullptr; }

  /// Adds a text to the history, and writes it down.
  void remember(const std::string& text);

 private:
  class Editor;
  std::unique_ptr<Editor> editor_;  ///< null without libedit
};

/// The place of a file in which this program keeps what is of use to its user and can be lost, by
/// the XDG Base Directory Specification. Makes the folder; empty when there is none to make.
[[nodiscard]] std::string state_file(const std::string& name);

}  // namespace fleetmeter::cli
