package io.deltaferry.cli.demo;

import java.util.List;

/**
 * One table of the demo and the scripts that make and change it.
 *
 * @param name as the table file names it
 * @param schema the PostgreSQL schema
 * @param change the script with the table's changes
 */
public record DemoTable(String name, String schema, String change) {

  /** The school first, flights last: the order in which they are shown. */
  public static List<DemoTable> all() {
    return List.of(
        new DemoTable("agg_teacher_time_daily", "school", "changes/10-agg_teacher_time_daily.sql"),
        new DemoTable("district_class_course", "school", "changes/11-district_class_course.sql"),
        new DemoTable("student_skill_levels", "school", "changes/12-student_skill_levels.sql"),
        new DemoTable("window_roster", "school", "changes/13-window_roster.sql"),
        new DemoTable("course_skill", "school", "changes/14-course_skill.sql"),
        new DemoTable(
            "agg_student_sat_time_daily", "school", "changes/15-agg_student_sat_time_daily.sql"),
        new DemoTable("airports", "aviation", "changes/20-airports.sql"),
        new DemoTable("bird_strikes", "aviation", "changes/21-bird_strikes.sql"),
        new DemoTable("flights", "aviation", "changes/22-flights.sql"));
  }

  public String qualifiedName() {
    return schema + "." + name;
  }
}
